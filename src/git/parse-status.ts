// Pure. What `git status --porcelain=v2 -z` says of the files of a folder, counted in full and kept up to a limit.
import type { Change, RawPath } from "#model/history";

/** How a file lies in the folder, beside how the index has it. */
export interface FileStatus {
	readonly path: RawPath;
	/** `?`: not tracked · `U`: in conflict · `.`: as the index has it · else how it differs from the index. */
	readonly kind: "?" | "U" | "." | Change["kind"];
	/** Of the head, the index and the folder; `000000` where there is none. */
	readonly modes: readonly [head: string, index: string, folder: string];
	readonly ids: readonly [head: string, index: string];
}

export interface StatusReader {
	push(chunk: Buffer): void;
	/** Throws on an output that ended within an entry. */
	end(): { readonly files: readonly FileStatus[]; readonly count: number };
}

const NONE = "000000";

/** Reads entries as they come, bytes as latin1. Throws on what is no such output. */
export function createStatusReader(limit: number): StatusReader {
	const files: FileStatus[] = [];
	let count = 0;
	let rest = "";
	const take = (token: string) => {
		const entry = parseEntry(token);
		if (entry.kind === ".") return;
		count += 1;
		if (files.length < limit) files.push(entry);
	};
	return {
		push(chunk) {
			const tokens = (rest + chunk.toString("latin1")).split("\0");
			rest = tokens.pop() as string;
			tokens.forEach(take);
		},
		end() {
			if (rest !== "") throw new Error("git's output ended within an entry");
			return { files, count };
		},
	};
}

function parseEntry(token: string): FileStatus {
	if (token.startsWith("? ")) {
		return { path: token.slice(2), kind: "?", modes: [NONE, NONE, NONE], ids: ["", ""] };
	}
	const known = /^1 .([.MTDA]) \S{4} (\d{6}) (\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) (.+)$/s.exec(token);
	if (known !== null) {
		const [, kind, head, index, folder, headId, indexId, path] = known as unknown as string[];
		return {
			path: path as string,
			kind: kind as FileStatus["kind"],
			modes: [head as string, index as string, folder as string],
			ids: [headId as string, indexId as string],
		};
	}
	const torn = /^u \S\S \S{4} (\d{6}) \d{6} \d{6} (\d{6}) ([0-9a-f]+) [0-9a-f]+ [0-9a-f]+ (.+)$/s.exec(token);
	if (torn === null) throw new Error("git's output is no status");
	const [, base, folder, baseId, path] = torn as unknown as [string, string, string, string, string];
	return { path, kind: "U", modes: [base, base, folder], ids: [baseId, baseId] };
}
