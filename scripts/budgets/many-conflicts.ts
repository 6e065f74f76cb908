// Pure. A history in which teams change each other's files: as many conflicts as are asked for, no two alike.

/** What this project's content gives to one team, or to all, at any depth, and who changes it here. */
const EDITS = [
	{ file: "distributed_api.py", name: "Ben", at: "training" },
	{ file: "distributed_comm.py", name: "Cleo", at: "research" },
	{ file: "pyproject.toml", name: "Ben", at: "training" },
	{ file: "sharding_strategy.py", name: "Cleo", at: "research" },
] as const;

const START = 1_700_000_000;
/** Seconds from one commit to the next: 3,000 of them are two months. */
const STEP = 1_800;

/** A fast-import stream: a first commit, and one for each conflict. */
export function* manyConflicts(conflicts: number): Generator<string> {
	yield commit(0, "Ada <ada@infra.mlx.example>", "The first files", "README.md");
	for (let index = 1; index <= conflicts; index++) {
		const { file, name, at } = EDITS[index % EDITS.length] as (typeof EDITS)[number];
		const who = `${name} <${name.toLowerCase()}${index % 40}@${at}.mlx.example>`;
		yield commit(index, who, `Change ${index}: what ${at} needs of ${file}`, `part-${index}/${file}`);
	}
	yield "done\n";
}

function commit(index: number, who: string, subject: string, path: string): string {
	const when = `${START + index * STEP} +0000`;
	const head = `commit refs/heads/main\nauthor ${who} ${when}\ncommitter ${who} ${when}\n`;
	return `${head}data ${subject.length}\n${subject}\nM 100644 inline ${path}\ndata 2\n1\n\n\n`;
}
