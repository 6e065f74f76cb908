// Pure. The words of `config-unparsable`.
import { visible } from "#model/visible";
import type { DetectorWords } from "./words.ts";

export const configUnparsable: DetectorWords = {
	title: "Configuration that does not parse",
	fires:
		"A tracked file named .json, .yaml, .yml or .toml does not parse as what its name says; the line is the first that its parser refuses. Comments in JSON, several documents in one YAML file, any tag, keys that stand twice, one JSON value a line and Python's `NaN` are let pass. Left out are empty files, templates (`{{ }}`, `{% %}`, `<% %>`, `%NAME%`), what git LFS keeps elsewhere, folders of fetched code (`vendor` and the like) and names that say the file is broken (`invalid.json`). In folders of test data (`fixtures`, `testdata` and the like) it is a note.",
	reads: "Every tracked JSON, YAML and TOML file but templates, JSON lines and empty ones.",
	why: "Whatever reads the file stops there, or goes on with its defaults and says nothing. Nobody notices until it is needed, often on another team's machine.",
	cure: "Mend the file at that line. If nothing reads it any more, delete it. If it is made into configuration by a program first, let its name say so (`config.json.j2`).",
	example: "`distributed_config.json` ends in `EOF`, left by the shell command that wrote it.",
	silence:
		"A file that is broken on purpose says so in its name, or is recorded as `false-positive` in content/resolutions/ with that reason.",
	explain: ({ resource, owner, occurrences }, names) => {
		const [first] = occurrences;
		const format = visible(String(first?.facts?.["format"] ?? ""));
		const line = first === undefined || first.location.line === 0 ? "" : `line ${first.location.line}: `;
		return {
			message: `${visible(resource.replace(/^path:/, ""))} does not parse as ${format}: ${line}${visible(String(first?.facts?.["reason"] ?? ""))}.`,
			hint: `${owner === null ? "Whoever needs it" : names.team(owner)}: mend it there, or delete the file if nothing reads it.`,
		};
	},
};
