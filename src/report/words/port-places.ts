// Pure. What is said of one place that binds or names a port.
import type { ConflictFacts, Detail } from "#model/conflict-facts";
import { visible } from "#model/visible";
import { plural } from "../plural.ts";

/** `binds it by default`, `starts server.py on it, by a flag`, `names it in an address`. */
export function placeWords({ use, how, starts }: Detail): string {
	const started = startedWords(starts);
	if (use === "mention") return `names it ${NAMED[String(how)] ?? ""}`.trim();
	if (how === "publish") return started === null ? "publishes it for a container" : `publishes it for ${started}`;
	if (how === "key") return "sets it as a server's port, by a key";
	const by = BOUND[String(how)] ?? "";
	return started === null ? `binds it, ${by}` : `starts ${started} on it, ${by}`;
}

/** A program, a service, what is built from a folder; null: the file itself. */
function startedWords(starts: Detail[string] | undefined): string | null {
	if (typeof starts !== "string") return null;
	if (starts.startsWith("service:"))
		return `the service ${visible(starts.slice("service:".length).replace(/^Service\//, ""))}`;
	if (starts.endsWith("/")) return starts === "./" ? "what is built here" : `what is built from ${visible(starts)}`;
	return visible(starts);
}

const BOUND: Readonly<Record<string, string>> = {
	call: "by an argument of a call",
	default: "by default",
	flag: "by a flag",
	assignment: "by a constant or variable",
};

const NAMED: Readonly<Record<string, string>> = {
	call: "as an argument",
	default: "as a default",
	flag: "in a flag",
	assignment: "in a constant or variable",
	key: "under a key",
	publish: "in a port mapping",
	expose: "as a container's port",
	address: "in an address",
	prose: "in prose",
};

/** `tcp/8100` */
export function portOfResource({ resource }: ConflictFacts): string {
	return resource.replace(/^port:/, "");
}

export function detailsOf({ occurrences }: ConflictFacts): string[] {
	return occurrences.map(({ facts }) => placeWords(facts ?? {}));
}

/** The paths that bind the port, in the order of the log: `a.py, b.sh and 3 more files`. */
export function bindingFiles({ occurrences }: ConflictFacts): string {
	const binding = occurrences.filter(({ facts }) => facts?.["use"] === "bind");
	return shortList([...new Set(binding.map(({ path }) => path))].filter((path) => path !== null));
}

/** `a, b and c`; of many the first two and how many more. */
export function shortList(paths: readonly string[]): string {
	const shown = paths.map(visible);
	return listWords(shown.length > 3 ? [...shown.slice(0, 2), plural(shown.length - 2, "more file")] : shown);
}

/** `a, b and c` */
export function listWords(words: readonly string[]): string {
	const [last = "nothing", ...others] = [...words].reverse();
	return others.length === 0 ? last : `${others.reverse().join(", ")} and ${last}`;
}
