// A straight history long enough to be dealt to two processes, or to be told of while it is read.
import { gitBytes, temporaryFolder } from "#test/make-repo";

/** A repository of one branch; every commit changes one file of three. */
export function longHistory(count: number): string {
	const dir = temporaryFolder();
	gitBytes(dir, ["init", "--quiet", "--initial-branch=main", "."]);
	const commits = Array.from(
		{ length: count },
		(_, index) =>
			`commit refs/heads/main\ncommitter T <t@x.example> ${1_750_000_000 + index} +0000\ndata 3\nc\n\nM 100644 inline f${index % 3}\ndata ${String(index).length}\n${index}\n`,
	);
	gitBytes(dir, ["fast-import", "--quiet", "--done"], `${commits.join("")}done\n`);
	return dir;
}
