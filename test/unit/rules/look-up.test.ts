// What a look-up gathers about a path, and from which data.
import { expect, test } from "vitest";
import { readCatalog } from "#catalog/read";
import type { ContractReality } from "#model/reality";
import { lookUp } from "#rules/look-up";
import { lookUpData } from "#rules/look-up-data";
import { writeContent } from "#test/golden";
import { makeConflict } from "#test/make-log";

const now = "2026-01-01T00:00:00Z";
const files = {
	"project.yaml": "name: P\ncoordinator: { name: Desk }\n",
	"teams/team-a.yaml": "name: Team A\n",
	"teams/team-b.yaml": "name: Team B\n",
};
const contracts = {
	"contracts/api.yaml": "from: team-a\nto: team-b\ntitle: The API\nsymbol: Api\nmembers: [{ name: run }]\n",
	"contracts/sft.yaml": "from: team-b\nto: team-a\ntitle: SFT\nsymbol: Sft\nmembers: [{ name: fit }]\n",
};
const ruled = (pattern: string) => `owner: team-a\nmode: exclusive\nrules:\n  - pattern: ${JSON.stringify(pattern)}\n`;

/** Who has a new file in the folder, by a rule of one pattern. */
async function verdictOf(pattern: string, folder: string) {
	const data = lookUpData(await readCatalog(writeContent({ ...files, "ownership/a.yaml": ruled(pattern) })), [], null);
	return lookUp(data, { path: folder, kind: "folder" }, now).verdict.kind;
}

test.each(["logs/?", "logs/[!x]", "/logs/[![:alpha:]]", "logs/????????", "logs/*.txt", "logs/x", "?"])(
	"%s is about some names, not about any file in the folder",
	async (pattern) => expect(await verdictOf(pattern, "logs")).toBe("unmatched"),
);

test.each(["logs/", "logs/*", "/logs/**", "logs/?*", "*", "log?"])("%s takes any file in the folder", async (pattern) =>
	expect(await verdictOf(pattern, "logs")).toBe("owned"),
);

test("a conflict over a move stands at both ends of it", async () => {
	const catalog = await readCatalog(writeContent(files));
	const [occurrence] = makeConflict().occurrences;
	const moved = makeConflict({
		occurrences: [{ ...occurrence!, path: "new/x.py", previousPath: "old/x.py" }],
	});
	const data = lookUpData(catalog, [moved], []);
	for (const path of ["new/x.py", "old/x.py"]) {
		expect(lookUp(data, { path, kind: "file" }, now).conflicts.map(({ id }) => id)).toEqual([moved.id]);
	}
	expect(lookUp(data, { path: "old", kind: "folder" }, now).conflicts).toHaveLength(1);
	expect(lookUp(data, { path: "x.py", kind: "file" }, now).conflicts).toEqual([]);
});

test("open conflicts come gravest first and, within a level, as the log has them", async () => {
	const catalog = await readCatalog(writeContent(files));
	const [occurrence] = makeConflict().occurrences;
	const at = (id: string, level: "error" | "warning" | "note", state: "open" | "resolved" = "open") =>
		makeConflict({ id, level, state, occurrences: [{ ...occurrence!, path: "x.py", previousPath: null }] });
	const log = [
		at("CF-AAAAAAAAAA", "note"),
		at("CF-DDDDDDDDDD", "error"),
		at("CF-BBBBBBBBBB", "warning"),
		at("CF-CCCCCCCCCC", "error"),
		at("CF-EEEEEEEEEE", "error", "resolved"),
	];
	const found = lookUp(lookUpData(catalog, log, []), { path: "x.py", kind: "file" }, now);
	expect(found.conflicts.map(({ id }) => id)).toEqual([
		"CF-DDDDDDDDDD",
		"CF-CCCCCCCCCC",
		"CF-BBBBBBBBBB",
		"CF-AAAAAAAAAA",
	]);
});

const place = { signature: null, doubt: null, differences: [], unproved: [], last: null, broke: null };
const realityOf = (contract: string, name: string, path: string): ContractReality => ({
	contract,
	files: 1,
	unread: 0,
	elsewhere: [],
	members: [{ name, places: [{ ...place, path, line: 5, state: "kept" }] }],
});

test("promises are known where every contract was looked for, and where there is none", async () => {
	const catalog = await readCatalog(writeContent({ ...files, ...contracts }));
	const both = [realityOf("api", "run", "x.py"), realityOf("sft", "fit", "lib/y.py")];
	const data = lookUpData(catalog, [], both);
	expect(lookUp(data, { path: "x.py", kind: "file" }, now).promises).toEqual([
		{
			contract: "api",
			title: "The API",
			from: "team-a",
			to: "team-b",
			what: "Api.run",
			path: "x.py",
			line: 5,
			state: "kept",
			isProved: true,
		},
	]);
	expect(lookUp(data, { path: "lib", kind: "folder" }, now).promises).toMatchObject([{ what: "Sft.fit" }]);
	expect(lookUp(data, { path: "y.py", kind: "file" }, now).promises).toEqual([]);
	const [first] = both[0]!.members[0]!.places;
	const open = { ...both[0]!, members: [{ name: "run", places: [{ ...first!, unproved: ["result" as const] }] }] };
	expect(lookUpData(catalog, [], [open, both[1]!]).promises).toMatchObject([{ isProved: false }, { isProved: true }]);
	// One contract is newer than what was read of the tree.
	expect(lookUpData(catalog, [], both.slice(0, 1)).promises).toBeNull();
	expect(lookUpData(catalog, [], null).promises).toBeNull();
	expect(lookUpData(await readCatalog(writeContent(files)), [], null).promises).toEqual([]);
});
