// Pure. `port-duplicate`: several start points of the tree bind the same port, so that only one of them can run at a time.
import { showPath } from "#model/history";
import { type Finding, treeOccurrence } from "../finding.ts";
import { type Bind, bindsOf, placeDetail, portResource } from "../port-binds.ts";
import { builtFolder, folderOf } from "../port-programs.ts";
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
		const names = [...new Set(programs.map(nameOf))].sort();
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
					detail: { ...placeDetail(use), programs: programs.length, names },
					anchor: null,
				}) satisfies Finding,
		);
	});
};

/** Of a program nobody is known to have, the team that has the file that binds. */
function teamsOf(program: readonly Bind[]): string[] {
	return program.flatMap(({ owner, program: { owner: whose, isKnown } }) => {
		const team = isKnown ? whose : owner;
		return team === null ? [] : [team];
	});
}

function nameOf(program: readonly Bind[]): string {
	return showPath((program[0] as Bind).program.name).text;
}

/**
 * The binds of one port by what listens. A port that is published under the container's own number is most likely that of
 * a program of the tree that binds it, run in a container: then it counts only against others that are published.
 */
function programsOf(binds: readonly Bind[]): (readonly Bind[])[] {
	const [published, started] = [binds.filter(isPublished), binds.filter((bind) => !isPublished(bind))];
	const programs = [...Map.groupBy(started, ({ program }) => program.key).values()].flatMap(splitByTeam);
	const deployments = deploymentsOf(published);
	const others = deployments.filter(
		(deployment) => !deployment.some((bind) => started.some((each) => holds(bind, each))),
	);
	const all = [...programs, ...others];
	return all.length < 2 && deployments.length > 1 ? deployments : all;
}

/** Equal copies are one program, but where two teams each have one: each runs its own. */
function splitByTeam(program: readonly Bind[]): (readonly Bind[])[] {
	const byTeam = Map.groupBy(program, ({ program: { owner } }) => owner);
	byTeam.delete(null);
	return byTeam.size < 2 ? [program] : [...byTeam.values()];
}

/**
 * What is published, by deployment. Descriptions side by side are variants of one: one of them is used, or several are
 * laid over each other.
 */
function deploymentsOf(published: readonly Bind[]): (readonly Bind[])[] {
	const files = Map.groupBy(new Set(published.map(({ path }) => path)), folderOf);
	const byFolder = new Map<string, Bind[]>();
	const found: Bind[][] = [];
	for (const service of Map.groupBy(published, ({ program }) => program.key).values()) {
		const folders = service.map(({ path }) => folderOf(path)).filter((folder) => (files.get(folder) ?? []).length > 1);
		const same = folders.map((folder) => byFolder.get(folder)).find((each) => each !== undefined);
		const deployment = same ?? [];
		deployment.push(...service);
		if (same === undefined) found.push(deployment);
		for (const folder of folders) byFolder.set(folder, deployment);
	}
	return found;
}

/** Whether what is published may be the program that binds the port elsewhere in the tree. */
function holds({ path, use }: Bind, program: Bind): boolean {
	const built = builtFolder(path, use.starts);
	return use.inner === use.port || (built !== null && program.path.startsWith(built));
}

function isPublished({ use }: Bind): boolean {
	return use.how === "publish";
}
