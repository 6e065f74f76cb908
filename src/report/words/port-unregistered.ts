// Pure. The words of `port-unregistered`.
import { plural } from "../plural.ts";
import { bindingFiles, detailsOf, portOfResource } from "./port-places.ts";
import type { DetectorWords } from "./words.ts";

export const portUnregistered: DetectorWords = {
	title: "Port that nobody registered",
	fires:
		"content/ports.yaml has entries, and something in the tree binds a port, or sets it as a server's own in a configuration, for which it has none. Places that only name the port are listed beside it, but do not make it one. Tests, examples and ports within containers are left out.",
	reads: "The same, and every place that names such a port; only where content/ports.yaml has entries.",
	why: "Another team that looks for a free port finds it in the list, and not this one: the next server lands on the same number.",
	cure: "Add the port to content/ports.yaml with its owner and purpose, or use one that is there.",
	example: "content/ports.yaml has 8000 only, and `server.py` runs `uvicorn.run(app, port=8100)`.",
	silence: "Register the port: that is the honest way, and takes four lines.",
	explain: (facts) => {
		const named = facts.occurrences.filter(({ facts: seen }) => seen?.["use"] === "mention").length;
		const also = named === 0 ? "" : `, and ${plural(named, "more place names it", "more places name it")}`;
		return {
			message: `${bindingFiles(facts)} ${isOne(facts) ? "binds" : "bind"} ${portOfResource(facts)}, which content/ports.yaml does not have${also}.`,
			hint: "Add it to content/ports.yaml with its owner and purpose, or use a port that is registered.",
			details: detailsOf(facts),
		};
	},
};

function isOne({ occurrences }: Parameters<DetectorWords["explain"]>[0]): boolean {
	return new Set(occurrences.filter(({ facts }) => facts?.["use"] === "bind").map(({ path }) => path)).size === 1;
}
