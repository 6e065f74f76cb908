// Edge(fs, git). Content for measuring: a project's own or a made-up one, with few rules, one more, and thousands more.
import { execFileSync } from "node:child_process";
import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { WorldError } from "#model/problem";

export interface Contents {
	readonly base: string;
	/** The same with one rule more. */
	readonly changed: string;
	/** The same with `MANY_RULES` rules more, none of which matches a path. */
	readonly many: string;
}

export const FEW_RULES = 10;
export const MANY_RULES = 4_990;

/** Further files of a content, by name. */
export type MoreContent = Readonly<Record<string, unknown>>;

/** Makes the three below `folder`: from `given`, or else two teams and ten rules that fit the repository, and `more`. */
export async function makeContents(
	folder: string,
	repo: string,
	given: string | null,
	more: MoreContent = {},
): Promise<Contents> {
	const base = join(folder, "base");
	if (given === null) await invent(base, repo);
	else await cp(given, base, { recursive: true });
	for (const [name, value] of Object.entries(more)) await write(base, name, value);
	const [team] = (await readdir(join(base, "teams"))).filter((name) => name.endsWith(".yaml")).sort();
	if (team === undefined) throw new WorldError(`the content ${given} has no team`);
	const owner = team.replace(/\.yaml$/, "");
	const withRules = async (name: string, patterns: readonly string[]) => {
		const dir = join(folder, name);
		await cp(base, dir, { recursive: true });
		// For deletion, so that rules which match nothing are no findings: what rules cost is measured, not what a log does.
		const rules = patterns.map((pattern) => ({ pattern, purpose: "delete" }));
		await write(dir, "ownership/made-for-measuring.yaml", { owner, mode: "exclusive", rules });
		return dir;
	};
	return {
		base,
		changed: await withRules("changed", ["made-for-measuring/one/"]),
		many: await withRules(
			"many",
			Array.from({ length: MANY_RULES }, (_, index) => patternOf(index)),
		),
	};
}

/** Eight in ten literal, one a name, one a true glob (half of them at any depth). */
function patternOf(index: number): string {
	const kind = index % 20;
	if (kind === 0) return `*.made-${index}`;
	if (kind === 1) return `made/part-${index % 97}/**/*-${index}.txt`;
	if (kind < 4) return `made-for-measuring-${index}.txt`;
	return `src/part-${index % 97}/made-for-measuring/${index}${index % 2 === 0 ? "/" : ".txt"}`;
}

/** Folders of the head in turn to two teams, which are told by the addresses of a tenth of the authors or so. */
async function invent(dir: string, repo: string): Promise<void> {
	const git = (...args: string[]) =>
		execFileSync("git", ["-C", repo, "--no-replace-objects", ...args], { encoding: "latin1", maxBuffer: 1 << 28 })
			.split("\0")
			.filter((text) => text !== "");
	const plain = (text: string) => /^[A-Za-z0-9._/-]+$/.test(text);
	const folders = git("ls-tree", "-d", "-r", "-z", "--name-only", "HEAD").filter(
		(name) => plain(name) && name.split("/").length === 2,
	);
	const files = git("ls-tree", "-z", "--name-only", "HEAD").filter(plain);
	const patterns = [...folders.map((name) => `${name}/`), ...files.map((name) => `/${name}`), "made/", "up/", "here/"];
	const emails = git("log", "-z", "-3000", "--format=%ae", "HEAD").map((email) => email.split("@").at(-1) ?? "");
	const domains = [...new Set(emails)].filter((domain) => plain(domain) && !domain.includes("/")).sort();
	await write(dir, "project.yaml", { name: "Made for measuring" });
	for (const [index, team] of ["team-a", "team-b"].entries()) {
		const own = domains.filter((_, at) => at % 20 === index).map((domain) => `*@${domain}`);
		await write(dir, `teams/${team}.yaml`, { name: team, identities: { emails: own } });
		const rules = patterns.slice(0, FEW_RULES).filter((_, at) => at % 2 === index);
		await write(dir, `ownership/${team}.yaml`, rulesOf(team, rules));
	}
}

function rulesOf(owner: string, patterns: readonly string[]) {
	return { owner, mode: "exclusive", rules: patterns.map((pattern) => ({ pattern })) };
}

/** JSON is YAML. */
async function write(dir: string, name: string, value: unknown): Promise<void> {
	await mkdir(join(dir, name, ".."), { recursive: true });
	await writeFile(join(dir, name), `${JSON.stringify(value, null, 1)}\n`);
}
