// The product's commands that read a repository, and every git they are known to start.
import { join } from "node:path";
import type { Asked } from "#test/hostile-runner";

const root = join(import.meta.dirname, "../..");

export interface ProductCommand {
	readonly name: string;
	readonly ask: (repo: string, content: string) => Asked;
	/** Needs an index and a work tree. */
	readonly needsIndex?: boolean;
}

export const commands: readonly ProductCommand[] = [
	{
		name: "audit",
		ask: (repo, content) => ({
			script: join(root, "scripts/audit.ts"),
			args: ["--repo", repo, "--content", content, "--format", "json", "--out", "-"],
		}),
	},
	{
		name: "audit of several refs, as text",
		ask: (repo, content) => ({
			script: join(root, "scripts/audit.ts"),
			args: [
				...["--repo", repo, "--content", content, "--since", "2025-07-01", "--out", "-", "--fail-on", "error"],
				...["main", "team-a/deps", "refs/heads/team-b/deps", "HEAD~3"].flatMap((ref) => ["--ref", ref]),
			],
		}),
	},
];
