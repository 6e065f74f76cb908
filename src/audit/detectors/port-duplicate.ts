// Pure. `port-duplicate`: several start points of the tree bind the same port, so that only one of them can run at a time.
import { type Finding, treeOccurrence } from "../finding.ts";
import { type Bind, bindsOf, builtFolder, folderOf, portResource } from "../port-binds.ts";
import type { TreeDetector } from "./tree.ts";

/**
 * Reads: code, scripts and what compose and Kubernetes publish. A server and the scripts that start it are one start
 * point, and so are equal copies; a configuration starts nothing.
 */
export const detectPortDuplicate: TreeDetector = (seen) => {
	const binds = bindsOf(seen).filter(({ use }) => use.how !== "key");
	return [...Map.groupBy(binds, ({ use }) => portResource(use))].flatMap(([resource, places]) => {
		const programs = programsOf(places);
		if (programs.length < 2) return [];
		const teams = [...new Set(programs.flatMap(teamsOf))].sort();
		return places.map(
			({ path, use }) =>
				({
					code: "port-duplicate",
					level: teams.length > 1 ? "error" : "warning",
					resource,
					actor: null,
					owner: null,
					teams,
					rule: null,
					occurrence: treeOccurrence(path, use.line),
					detail: { use: use.use, how: use.how, starts: use.starts, programs: programs.length },
					anchor: null,
				}) satisfies Finding,
		);
	});
};

function teamsOf(program: readonly Bind[]): string[] {
	return program.flatMap(({ programOwner }) => (programOwner === null ? [] : [programOwner]));
}

/** The binds of one port by what listens. */
function programsOf(binds: readonly Bind[]): (readonly Bind[])[] {
	const byProgram = [...Map.groupBy(binds, ({ program }) => program).values()];
	const joined: Bind[][] = [];
	for (const program of byProgram) {
		const same = joined.find((other) => other.some((a) => program.some((b) => isOneDeployment(a, b))));
		if (same === undefined) joined.push([...program]);
		else same.push(...program);
	}
	return joined;
}

/**
 * What is published for a folder that is built and what listens within it; and descriptions side by side, which are
 * variants: one of them is used, or several are laid over each other.
 */
function isOneDeployment(a: Bind, b: Bind): boolean {
	if (isPublished(a) && isPublished(b)) return a.path !== b.path && folderOf(a.path) === folderOf(b.path);
	const [published, other] = isPublished(a) ? [a, b] : [b, a];
	const built = isPublished(published) ? builtFolder(published.path, published.use.starts) : null;
	return built !== null && other.path.startsWith(built);
}

function isPublished({ use }: Bind): boolean {
	return use.how === "publish" && use.starts !== null;
}
