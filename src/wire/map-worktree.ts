// Pure. Worktrees and what would be found in them, model <-> wire. Browser-safe.
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { FindingCode, Level } from "#model/finding";
import type { UncommittedFile, Worktree } from "#model/worktree";
import {
	ChangeKind,
	type UncommittedFile as WireFile,
	Level as WireLevel,
	type Worktree as WireWorktree,
	type WorktreeSchema,
} from "./gen/coordination/v1/status_pb.js";
import { wordFor } from "./proof.ts";

export const levelToWire: Record<Level, WireLevel> = {
	error: WireLevel.ERROR,
	warning: WireLevel.WARNING,
	note: WireLevel.NOTE,
};

/** A level this reader has no word for is the gravest: nothing is played down. */
export function levelFromWire(level: WireLevel): Level {
	return wordFor(levelToWire, level, "error");
}

export const changeToWire: Record<UncommittedFile["change"], ChangeKind> = {
	A: ChangeKind.ADDED,
	M: ChangeKind.MODIFIED,
	D: ChangeKind.DELETED,
	T: ChangeKind.TYPE_CHANGED,
};

export function worktreeToWire({
	name,
	branch,
	changed,
	files,
	trouble,
}: Worktree): MessageInitShape<typeof WorktreeSchema> {
	return {
		name,
		changed,
		files: files.map(({ path, change, isStaged, foreseen }) => ({
			path,
			change: changeToWire[change],
			staged: isStaged,
			...(foreseen === null
				? {}
				: {
						foreseen: {
							code: foreseen.code,
							level: levelToWire[foreseen.level],
							message: foreseen.message,
							hint: foreseen.hint,
							...(foreseen.owner === null ? {} : { owner: foreseen.owner }),
						},
					}),
		})),
		...(branch === null ? {} : { branch }),
		...(trouble === null ? {} : { trouble }),
	};
}

export function worktreeFromWire({ name, branch, changed, files, trouble }: WireWorktree): Worktree {
	return { name, branch: branch ?? null, changed, files: files.map(fileFromWire), trouble: trouble ?? null };
}

function fileFromWire({ path, change, staged, foreseen }: WireFile): UncommittedFile {
	return {
		path,
		// "Changed" is what every kind of change has in common.
		change: wordFor(changeToWire, change, "M"),
		isStaged: staged,
		foreseen:
			foreseen === undefined
				? null
				: {
						// A newer gateway may know codes this page does not: shown as it is, linked only where known.
						code: foreseen.code as FindingCode,
						level: levelFromWire(foreseen.level),
						owner: foreseen.owner ?? null,
						message: foreseen.message,
						hint: foreseen.hint,
					},
	};
}
