// Pure. Requests that can be copied as they stand; the programs they name are curl and jq.

export interface Example {
	readonly label: string;
	readonly text: string;
}

/** `root` is the address of the site with its base, e.g. `https://example.org/proj/`; `team` one that is there. */
export function examples(root: string, team: string): Example[] {
	const get = (path: string) => `curl -fsS ${root}${path}`;
	return [
		{
			label: "How old is it, and was everything read?",
			text: `${get("api/v1/index.json")} | jq '.builtAt, .repository'`,
		},
		{
			label: `Open errors that concern ${team}`,
			text: `${get("api/v1/conflicts.json")} | jq '.conflicts[] | select(.isOpen and .level == "error" and (.teams | index("${team}"))) | {id, message, hint}'`,
		},
		{
			label: `Paths of ${team} alone`,
			text: `${get("api/v1/rules.json")} | jq -r '.rules[] | select(.owner == "${team}") | .pattern'`,
		},
		{
			label: "Promises that are not kept",
			text: `${get("api/v1/contracts.json")} | jq '.contracts[] | select(.verdict != "kept") | {title, from, to, verdict}'`,
		},
		{ label: `Rules for agents of ${team}, into a clone`, text: `${get(`teams/${team}/AGENTS.md`)} -o AGENTS.md` },
	];
}
