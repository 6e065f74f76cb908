// Pure. The words of `port-duplicate`.
import { detailsOf, listWords, portOfResource, shortList } from "./port-places.ts";
import type { DetectorWords } from "./words.ts";

export const portDuplicate: DetectorWords = {
	title: "One port bound by several start points",
	fires:
		"Two or more programs of the tree bind the same port on the machine they run on: a call of Python that listens, with the constant or default that reaches it; a command in a script that starts a server on it; a port that compose or Kubernetes publishes. A server and the scripts that start it count once, and so do equal copies of a file, what compose files side by side publish, and a server of the tree and a port published for the folder that holds it, or under the container's own number. Left out are tests, examples, configuration, and folders with a Dockerfile of their own, whose ports are the container's. An error where the programs belong to two teams, else a warning.",
	reads: "Code and scripts, and what compose and Kubernetes publish: the places where something starts that listens.",
	why: "Only one of them can run on a machine at a time. The second fails to start, or clients reach the wrong one and nobody notices.",
	cure: "Give each program that is to run beside others a port of its own, registered in content/ports.yaml. Remove start points that are no longer used.",
	example: "`server.py` and `server_fast.py` both end with `uvicorn.run(app, port=8100)`.",
	silence:
		"Where only one of them is ever meant to run on a machine, record the conflict as overridden in content/resolutions/, with that reason.",
	explain: (facts, names) => {
		const { programs, names: files } = facts.occurrences[0]?.facts ?? {};
		const whose = facts.teams.length < 2 ? "" : ` of ${listWords(facts.teams.map(names.team))}`;
		return {
			message: `${programs} programs${whose} bind ${portOfResource(facts)}: ${shortList(Array.isArray(files) ? files : [])}.`,
			hint: "They cannot run on one machine at the same time. Give each a port of its own, or remove those no longer used.",
			details: detailsOf(facts),
		};
	},
};
