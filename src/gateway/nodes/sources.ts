// Edge(clock). All places that nodes come from, joined into one list; what goes wrong with one of them is said and logged.
import { basename } from "node:path";
import type { GatewayNode } from "../cluster/snapshot.ts";
import type { Log } from "../log.ts";
import type { Notices } from "../notices.ts";
import type { FoundNode } from "./file-sd.ts";
import { type FileState, readNodeFiles, watchNodeFiles } from "./files.ts";
import { type AskSrv, askOnce, type SrvState, systemSrv, watchSrv } from "./srv.ts";
import type { NodeTls } from "./tls.ts";

/** An SRV name behind which nodes stand. */
export interface SrvSource {
	readonly srv: string;
	readonly tls: NodeTls | null;
}

export interface NodeSources {
	/** What the operator wrote, in order. */
	readonly listed: readonly (GatewayNode | SrvSource)[];
	/** Paths of files in the file_sd format; `*` may stand in the last part. */
	readonly files: readonly string[];
	/** For nodes of files. */
	readonly filesTls: NodeTls | null;
}

export interface SourceEdges {
	readonly askSrv?: AskSrv;
	/** How often files are looked at, and SRV names asked for, ms. */
	readonly lookEveryMs?: number;
	readonly askEveryMs?: number;
}

/**
 * Watches all sources. `onNodes` gets the whole list each time it may have changed, and once all were asked, which is what
 * `ready` waits for. What a source said last stays while it says nothing usable; `notices`
 * then hold a sentence about it.
 */
export function watchNodeSources(
	{ listed, files, filesTls }: NodeSources,
	notices: Notices,
	log: Log,
	onNodes: (nodes: readonly GatewayNode[]) => void,
	{ askSrv = systemSrv(), lookEveryMs, askEveryMs }: SourceEdges = {},
): { readonly ready: Promise<void>; close(): void } {
	let fileStates: readonly FileState[] = [];
	let srvStates: readonly SrvState[] = [];
	const since = new Map<string, string>();

	const publish = () => {
		const { nodes, duplicates } = joinNodes(listed, srvStates, fileStates, filesTls);
		notices.set("nodes", "duplicates", duplicateSentence(duplicates));
		onNodes(nodes);
	};
	/** Says what is wrong with a source, since when, and once more when it is well again. */
	const tell = (event: "nodes-file" | "nodes-srv", source: string, problem: string | null, count: number | null) => {
		const shown = event === "nodes-file" ? basename(source) : source;
		if (problem === null) since.delete(source);
		else if (!since.has(source)) since.set(source, timeOfDay());
		const kept = count === null ? "it gave no nodes yet" : "the list of nodes is the last good one";
		const sentence = `${shown} cannot be read since ${since.get(source)}: ${problem}; ${kept}`;
		notices.set("nodes", source, problem === null ? null : sentence);
		const message = problem === null ? `${source}: ${count} nodes` : `${source}: ${problem}; ${kept}`;
		log({ level: problem === null ? "info" : "warn", event, message, fields: { source, problem, nodes: count } });
	};
	/** Tells of those whose state is not what it was. */
	const tellChanges = <State extends FileState | SrvState>(
		event: "nodes-file" | "nodes-srv",
		nameOf: (state: State) => string,
		before: readonly State[],
		after: readonly State[],
	) => {
		for (const state of after) {
			const was = before.find((other) => nameOf(other) === nameOf(state));
			if (JSON.stringify(was) !== JSON.stringify(state)) {
				tell(event, nameOf(state), state.problem, state.nodes?.length ?? null);
			}
		}
	};

	const watchedFiles = watchNodeFiles(
		files,
		(states) => {
			tellChanges("nodes-file", ({ file }) => file, fileStates, states);
			fileStates = states;
			publish();
		},
		lookEveryMs,
	);
	const watchedSrv = watchSrv(
		listed.flatMap((entry) => ("srv" in entry ? [entry.srv] : [])),
		askSrv,
		(states) => {
			tellChanges("nodes-srv", ({ name }) => name, srvStates, states);
			srvStates = states;
			publish();
		},
		askEveryMs,
	);
	const ready = Promise.all([watchedFiles.ready, watchedSrv.ready]).then(publish);
	return {
		ready,
		close() {
			watchedFiles.close();
			watchedSrv.close();
		},
	};
}

/** Asks each source once, for a build; the sentences say what could not be read. */
export async function readNodeSources(
	{ listed, files, filesTls }: NodeSources,
	askSrv: AskSrv = systemSrv(),
): Promise<{ readonly nodes: readonly GatewayNode[]; readonly problems: readonly string[] }> {
	const names = listed.flatMap((entry) => ("srv" in entry ? [entry.srv] : []));
	const [fileStates, srvStates] = await Promise.all([
		readNodeFiles(files),
		Promise.all(names.map((name) => askOnce({ name, nodes: null }, askSrv))),
	]);
	const { nodes, duplicates } = joinNodes(listed, srvStates, fileStates, filesTls);
	const sentence = duplicateSentence(duplicates);
	return {
		nodes,
		problems: [
			...fileStates.flatMap(({ file, problem }) => (problem === null ? [] : [`${file}: ${problem}`])),
			...srvStates.flatMap(({ name, problem }) => (problem === null ? [] : [`${name}: ${problem}`])),
			...(sentence === null ? [] : [sentence]),
		],
	};
}

/** Pure. What was written, with SRV names replaced by what stands behind them, then the files; of an id or address given twice the first counts. */
export function joinNodes(
	listed: NodeSources["listed"],
	srv: readonly SrvState[],
	files: readonly FileState[],
	filesTls: NodeTls | null,
): { readonly nodes: readonly GatewayNode[]; readonly duplicates: readonly string[] } {
	const found = (nodes: readonly FoundNode[] | null | undefined, tls: NodeTls | null): GatewayNode[] =>
		(nodes ?? []).map((node) => ({ ...node, isSample: false, isDiscovered: true, tls }));
	const all = [
		...listed.flatMap((entry) =>
			"srv" in entry ? found(srv.find(({ name }) => name === entry.srv)?.nodes, entry.tls) : [entry],
		),
		...files.flatMap((file) => found(file.nodes, filesTls)),
	];
	const taken = new Set<string>();
	const nodes: GatewayNode[] = [];
	const duplicates: string[] = [];
	for (const node of all) {
		const keys = [`id ${node.id}`, `address ${node.address.toLowerCase()}`];
		if (keys.some((key) => taken.has(key))) {
			duplicates.push(node.id === node.address ? node.id : `${node.id} (${node.address})`);
			continue;
		}
		for (const key of keys) taken.add(key);
		nodes.push(node);
	}
	return { nodes, duplicates };
}

function duplicateSentence(duplicates: readonly string[]): string | null {
	if (duplicates.length === 0) return null;
	const shown = duplicates.slice(0, 3).join(", ");
	const more = duplicates.length > 3 ? ` and ${duplicates.length - 3} more` : "";
	return `listed twice, by id or address: ${shown}${more}; what was listed first counts`;
}

function timeOfDay(): string {
	return `${new Date().toISOString().slice(11, 19)} UTC`;
}
