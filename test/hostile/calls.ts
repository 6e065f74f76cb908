// Every git that the product is known to start, and the law each must keep. A new one fails the tests until it is here.
import type { GitCall } from "#test/hostile-recorder";

/** Where a git runs. Only in a room of ours is the repository's own configuration out of force. */
export type Place = "clean room" | "index room" | "repository" | "repository, as the caller" | "own sample";

/** `place: command`. Those in the repository's own directory are the ones that run nothing, whatever it says. */
export const KNOWN_CALLS: readonly string[] = [
	"clean room: cat-file",
	"clean room: diff-tree",
	"clean room: log",
	"clean room: ls-tree",
	"clean room: merge-base",
	"clean room: merge-tree",
	"clean room: rev-list",
	"index room: diff-index",
	"index room: status",
	"own sample: fast-import",
	"own sample: init",
	"own sample: reset",
	"repository, as the caller: var",
	"repository: config",
	"repository: for-each-ref",
	"repository: merge-base",
	"repository: rev-parse",
	"repository: symbolic-ref",
];

/** Started only to say why a repository is refused, and to find the folder of its hooks. */
export const OTHER_CALLS: readonly string[] = ["repository: cat-file", "repository, as the caller: rev-parse"];

/** What every git that reads a repository must be told; a `*` is a value of its own in every run. */
const LAW: Readonly<Record<string, string>> = {
	PATH: "*",
	HOME: "*",
	LC_ALL: "C",
	TZ: "UTC",
	GIT_DIR: "*",
	GIT_CONFIG_NOSYSTEM: "1",
	GIT_ATTR_NOSYSTEM: "1",
	GIT_OPTIONAL_LOCKS: "0",
	GIT_TERMINAL_PROMPT: "0",
	GIT_ALLOW_PROTOCOL: "none",
	GIT_NO_LAZY_FETCH: "1",
	GIT_NO_REPLACE_OBJECTS: "1",
	GIT_GRAFT_FILE: "/dev/null",
};

/** Variables that some may have beside: where the objects lie and go, how git writes, and what simple-git adds. */
const ALLOWED = [
	"GIT_OBJECT_DIRECTORY",
	"GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_FLUSH",
	"GIT_TEST_DISALLOW_ABBREVIATED_OPTIONS",
];

/** What a command may keep that asks git for the caller's own name or folder. */
const OF_THE_CALLER = /^(PATH|HOME|LC_ALL|XDG_CONFIG_HOME|GIT_DIR|GIT_TERMINAL_PROMPT|GIT_(AUTHOR|CONFIG)_\w+)$/;

export function nameCall({ args, env, cwd }: GitCall): { place: Place; command: string } {
	const command = args.find((arg, index) => !arg.startsWith("-") && args[index - 1] !== "-c") ?? "none";
	const dir = env["GIT_DIR"];
	if (dir?.includes("coordination-git-")) return { place: "clean room", command };
	if (dir?.includes("coordination-index-")) return { place: "index room", command };
	if (cwd.includes("sample-repository-draft")) return { place: "own sample", command };
	return { place: env["GIT_NO_REPLACE_OBJECTS"] === undefined ? "repository, as the caller" : "repository", command };
}

/** What is wrong with a call; empty when nothing is. */
export function breaches(call: GitCall): string[] {
	const { place, command } = nameCall(call);
	const name = `${place}: ${command}`;
	const found = [...KNOWN_CALLS, ...OTHER_CALLS].includes(name)
		? []
		: [`${name} is not known: git ${call.args.join(" ")}`];
	if (place === "own sample") return found;
	const keys = Object.keys(call.env);
	if (place === "repository, as the caller") {
		const more = keys.filter((key) => !OF_THE_CALLER.test(key) && !ALLOWED.includes(key));
		return [...found, ...more.map((key) => `${name} is given ${key}`)];
	}
	for (const [key, value] of Object.entries(LAW)) {
		if (call.env[key] === undefined || (value !== "*" && call.env[key] !== value))
			found.push(`${name} lacks ${key}=${value}`);
	}
	// Only where the index is a copy in a room of ours may git look at files.
	const allowed = place === "index room" ? [...ALLOWED, "GIT_WORK_TREE"] : ALLOWED;
	for (const key of keys.filter((one) => !(one in LAW) && !allowed.includes(one)))
		found.push(`${name} is given ${key}`);
	if (place === "repository" && !call.args.includes("core.commitGraph=false"))
		found.push(`${name} believes a commit-graph`);
	return found;
}
