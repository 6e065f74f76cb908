// The file of facts is not trusted: a right checksum over numbers that point nowhere does not make it true.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { emptyColumns, ROW, ROW_WIDTH, RowIndex } from "#git/facts";
import { decodeFacts, encodeFacts, FactsRefused } from "#git/facts-file";
import { createFactsWriter } from "#git/facts-writer";
import { isOrdered, orderRows } from "#git/order";
import { createLogReader } from "#git/parse-log";

const id = (digit: number) => String(digit).repeat(40);

/** Two commits, one change each. */
function columns() {
	const made = emptyColumns("sha1");
	const writer = createFactsWriter(made, new RowIndex(made), { onCommit: () => {}, isBoundary: () => false });
	const reader = createLogReader(writer);
	const change = `:100644 100644 ${id(7)} ${id(8)} M\0path\0`;
	reader.push(Buffer.from(`${id(1)}\0${id(2)}\0N\0e@x\x001 +0000\0new\0\0Team: a\n\0${change}`));
	reader.push(Buffer.from(`${id(2)}\0\0N\0e@x\x000 +0000\0old\0This reverts commit abcdef1.\0\0${change}`));
	reader.end();
	writer.finish();
	return made;
}

const file = (made = columns()) => Buffer.concat(encodeFacts(made, "key"));

test("what is written is what is read", () => {
	const read = decodeFacts(file(), "key", 20);

	expect(file(read)).toEqual(file());
	expect(read.paths.get(0)).toBe("path");
	expect(read.identities.get(0)).toBe("N\0e@x");
	expect(read.trailers.get(1)).toBe("Team\0a\0");
	expect(
		[...orderRows(read, [new RowIndex(read).find(id(1))])].map((row) => read.ids.hex(row * 20, row * 20 + 20)),
	).toEqual([id(1), id(2)]);
});

test("the branch that a merge's words call a parent is kept", () => {
	const made = columns();
	made.parentBranches.data[0] = made.branches.number("side") + 1;
	const read = decodeFacts(file(made), "key", 20);

	expect(read.branches.get(read.parentBranches.at(0) - 1)).toBe("side");
});

test("another key is another repository", () => {
	expect(() => decodeFacts(file(), "other", 20)).toThrow(FactsRefused);
	expect(() => decodeFacts(file(), "key", 32)).toThrow(FactsRefused);
});

test("a bit changed anywhere, or a byte more or less, is found", () => {
	const good = file();
	const read = (bytes: Buffer) => () => decodeFacts(bytes, "key", 20);
	for (let at = 0; at < good.length; at++) {
		const bad = Buffer.from(good);
		bad[at] = (bad[at] as number) ^ (1 << (at % 8));
		expect(read(bad), `byte ${at}`).toThrow(FactsRefused);
		expect(read(good.subarray(0, at)), `${at} bytes`).toThrow(FactsRefused);
	}
	expect(read(Buffer.concat([good, Buffer.from("x")]))).toThrow(FactsRefused);
});

const lies: [name: string, lie: (made: ReturnType<typeof columns>) => void][] = [
	[
		"a commit that was never read",
		(made) => {
			made.rows.data[ROW.state] = 0;
		},
	],
	[
		"parents beyond the end",
		(made) => {
			made.rows.data[ROW.parentCount] = 9;
		},
	],
	[
		"a parent that is no row",
		(made) => {
			made.parents.data[0] = 2;
		},
	],
	[
		"an identity that is none",
		(made) => {
			made.rows.data[ROW_WIDTH + ROW.identity] = 1;
		},
	],
	[
		"a branch that is none",
		(made) => {
			made.parentBranches.data[0] = 1;
		},
	],
	[
		"parents without their branches",
		(made) => {
			made.parentBranches.length = 0;
		},
	],
	[
		"trailers that are none",
		(made) => {
			made.rows.data[ROW.trailers] = 2;
		},
	],
	[
		"trailers where there should be none",
		(made) => {
			made.trailers.ends.data[0] = 3;
		},
	],
	[
		"no block of trailers at all, in facts without a commit",
		(made) => {
			for (const column of [made.ids, made.rows, made.parents, made.parentBranches, made.changes, made.blobs])
				column.length = 0;
			made.trailers.bytes.length = 0;
			made.trailers.ends.length = 0;
		},
	],
	[
		"a text beyond the end",
		(made) => {
			made.rows.data[ROW.subjectLength] = 0xffffffff;
		},
	],
	[
		"changes beyond the end",
		(made) => {
			made.rows.data[ROW.changeCount] = 3;
		},
	],
	[
		"a path that is none",
		(made) => {
			made.changes.data[0] = 1;
		},
	],
	[
		"a shape that is none",
		(made) => {
			made.changes.data[1] = 1;
		},
	],
	[
		"a shape that says nothing",
		(made) => {
			made.shapes.bytes.data.write("X", 0);
		},
	],
	[
		"texts that end before they start",
		(made) => {
			made.paths.ends.data[0] = 9;
		},
	],
	[
		"blobs missing",
		(made) => {
			made.blobs.length -= 1;
		},
	],
];

for (const [name, lie] of lies) {
	test(`refused, with a right checksum: ${name}`, () => {
		const made = columns();
		lie(made);

		expect(() => decodeFacts(file(made), "key", 20)).toThrow("its parts do not fit");
	});
}

test("refused, with a right checksum: lengths that are none, and a head that is no JSON", () => {
	for (const [from, to] of [
		['"lengths":[40', '"lengths":[-0'],
		['"lengths":[40', '"lengths":[4.'],
		['{"key"', '{"kex"'],
		['{"key"', '{"key '],
	] as const) {
		const bad = Buffer.from(file().toString("latin1").replace(from, to), "latin1");
		const start = bad.indexOf("\n") + 1;
		createHash("sha256")
			.update(bad.subarray(start + 32))
			.digest()
			.copy(bad, start);

		expect(() => decodeFacts(bad, "key", 20), to).toThrow(FactsRefused);
	}
});

test("commits in a circle are found out", () => {
	const made = columns();
	const root = made.rows.data[ROW.parentCount] === 1 ? 1 : 0;
	made.rows.data[root * ROW_WIDTH + ROW.parentStart] = made.parents.length;
	made.rows.data[root * ROW_WIDTH + ROW.parentCount] = 1;
	made.parents.push(1 - root);
	made.parentBranches.push(0);
	const read = decodeFacts(file(made), "key", 20);

	expect(isOrdered(read, orderRows(read, [0]))).toBe(false);
	const honest = columns();
	expect(isOrdered(honest, orderRows(honest, [new RowIndex(honest).find(id(1))]))).toBe(true);
});
