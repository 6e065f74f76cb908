// Pure. The words of `port-foreign`.
import { visible } from "#model/visible";
import { bindingFiles, detailsOf, portOfResource } from "./port-places.ts";
import type { DetectorWords } from "./words.ts";

export const portForeign: DetectorWords = {
	title: "Port of another team bound",
	fires:
		"A file that one team has alone binds a port, or sets it as a server's own in a configuration, and content/ports.yaml gives that port to another team. Naming a port is none: clients have to name the port of the server they call. Nor is starting the other team's own server on it, or publishing what is built from its folder; what an image from elsewhere holds is not known, and not told.",
	reads:
		"Code, scripts, what is published and the keys by which a configuration sets a server's own port, beside content/ports.yaml. Who only names a port is left alone.",
	why: "The team that has the port counts on it being free. Whoever starts second fails, or answers in the other's place.",
	cure: "Take a port of the team's own, or agree on this one and change its owner in content/ports.yaml.",
	example: "content/ports.yaml gives 50051 to 50099 to Team A, and Team B's `worker.py` listens on 50060 by default.",
	silence:
		"If both teams agreed to use the port in turn, record the conflict as overridden in content/resolutions/, with who agreed.",
	explain: (facts, names) => {
		const { from, to, purpose } = facts.occurrences[0]?.facts ?? {};
		const range = from === to ? "" : `${from}–${to}, `;
		return {
			message: `${names.team(facts.actor)} binds ${portOfResource(facts)} in ${bindingFiles(facts)}; the port belongs to ${names.team(facts.owner)} (${range}${visible(String(purpose ?? ""))}).`,
			hint: `${names.team(facts.actor)}: take a port of your own, or agree with ${names.team(facts.owner)} and ${names.coordinator} and change content/ports.yaml.`,
			details: detailsOf(facts),
		};
	},
};
