// Pure. Who takes part in the sample's story, and what a step of it is.

export interface Person {
	readonly name: string;
	readonly email: string;
}

export interface Step {
	/** UTC, to the minute. */
	readonly at: string;
	readonly by: Person;
	readonly branch: string;
	readonly message: string;
	/** Path → text appended to the file (made if new); null deletes it. */
	readonly files?: Readonly<Record<string, string | null>>;
	/** From → to: the file moves unchanged. */
	readonly moves?: Readonly<Record<string, string>>;
	/** Branch that this step merges; its changes since it forked come along. */
	readonly merges?: string;
}

export const ana = { name: "Ana Ruiz", email: "ana@infra.mlx.example" };
export const tom = { name: "Tom Okafor", email: "tom@infra.mlx.example" };
export const ben = { name: "Ben Haas", email: "ben@training.mlx.example" };
export const mei = { name: "Mei Lin", email: "mei@training.mlx.example" };
export const cai = { name: "Cai Novak", email: "cai@research.mlx.example" };
export const agent = { name: "Coding Agent", email: "agent@mlx.example" };
export const coordinator = { name: "MLX Distributed Coordination Agent", email: "coordinator@mlx.example" };
export const linter = { name: "ruff", email: "lint@build.example" };
export const bot = { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.com" };
export const unknown = { name: "dev", email: "dev@laptop.example" };
