// Pure. What `npm run init` says at its end: what was made, what to look at first, what to do next.
import { visible } from "#model/visible";
import { plural } from "#report/plural";
import type { Proposed } from "#starter/propose";
import type { Origin } from "#starter/scaffold";
import { shellWord } from "./shell.ts";

export interface Made {
	/** As the person typed it. */
	readonly dir: string;
	readonly repo: string;
	readonly files: readonly string[];
}

export function tellScaffold(proposed: Proposed, origin: Origin, { dir, repo, files }: Made): string {
	const { teams, rules, ports, people, remarks, exactness, coverage } = proposed;
	const owned = rules.filter(({ owner }) => owner !== null).length;
	const members = teams.reduce((sum, team) => sum + team.members.length, 0);
	const which = `--content ${shellWord(dir)} --repo ${shellWord(repo)}`;
	const lines = [
		`${visible(dir)}: ${plural(files.length, "file")} for ${visible(origin.name)}, from ${plural(origin.commits, "commit")}${origin.isRecent ? " of two years" : ""}`,
		`teams      ${teams.map(({ id }) => id).join(", ")}; ${members === 0 ? "no addresses" : plural(members, "address", "addresses")}`,
		`rules      ${plural(owned, "rule")} for one team, ${rules.length - owned} shared; ${plural(ports.length, "port")}`,
		`set aside  ${plural(people.bots.length, "bot")}, ${plural(people.shared.length, "shared address", "shared addresses")}`,
	];
	if (exactness === null) {
		lines.push(`covered    ${coverage.ruled} of ${plural(coverage.files, "tracked file")} by a rule`);
	} else {
		const { source, files: all, same } = exactness;
		lines.push(`checked    ${source} and the rules agree on ${same} of ${plural(all, "tracked file")}`);
	}
	return `${[
		...lines,
		"",
		"Look at first:",
		`  ${visible(dir)}/teams/       are these the teams, and is everybody in the right one?`,
		`  ${visible(dir)}/ownership/   is it theirs alone? Each rule says what it follows from`,
		`  ${visible(dir)}/project.yaml who coordinates${remarks.length > 0 ? `; at its end ${plural(remarks.length, "thing")} left to you` : ""}`,
		"",
		"Then:",
		`  npm run validate -- --content ${shellWord(dir)}`,
		`  npm run audit -- ${which}`,
		`  npm start -- ${which}`,
		"",
	].join("\n")}`;
}
