// The list of every git the product starts, made by a `git` on the PATH that writes down what it is asked.
import { expect, test } from "vitest";
import { breaches, KNOWN_CALLS, nameCall, OTHER_CALLS } from "./calls.ts";
import { commands, sampleCommand, variants } from "./commands.ts";
import { startProduct } from "./product.ts";
import { honestRepo } from "./victim.ts";

const product = startProduct();
const honest = honestRepo();

/** `place: command` of each git that these start. */
async function callsOf(of: typeof commands): Promise<Set<string>> {
	const before = product.calls.length;
	await product.ask(honest, { of });
	return new Set(product.calls.slice(before).map((call) => Object.values(nameCall(call)).join(": ")));
}

test("the commands by which every trap is tried start every git there is: no option adds one", async () => {
	const tried = await callsOf([...commands, sampleCommand]);
	const more = await callsOf(variants);

	expect([...more].filter((name) => !tried.has(name))).toEqual([]);
	expect([...tried].filter((name) => !OTHER_CALLS.includes(name)).sort()).toEqual(KNOWN_CALLS);
});

test("a git that is not on the list, or is told too little or too much, is found", () => {
	const [good] = product.calls.filter((call) => nameCall(call).place === "clean room");
	const { GIT_GRAFT_FILE: _, ...less } = good?.env ?? {};
	const call = { args: ["--no-pager", "log"], env: good?.env ?? {}, cwd: "/" };

	expect(breaches(call)).toEqual([]);
	expect(breaches({ ...call, args: ["--no-pager", "fetch", "origin"] })).toEqual([
		"clean room: fetch is not known: git --no-pager fetch origin",
	]);
	expect(breaches({ ...call, env: less })).toEqual(["clean room: log lacks GIT_GRAFT_FILE=/dev/null"]);
	expect(breaches({ ...call, env: { ...call.env, GIT_TRACE: "1" } })).toEqual(["clean room: log is given GIT_TRACE"]);
	expect(breaches({ ...call, env: { ...call.env, GIT_DIR: "/repo/.git" } })).toEqual([
		"repository: log is not known: git --no-pager log",
		"repository: log believes a commit-graph",
	]);
});
