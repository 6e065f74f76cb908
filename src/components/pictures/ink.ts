// Pure. Which of the eight inks a team has, by the order of ids; beyond eight they come again.

/** `ink-3`; empty for who is no team. */
export function inkOf(teams: readonly { readonly id: string }[], id: string | null): string {
	const place = teams
		.map((team) => team.id)
		.sort()
		.indexOf(id ?? "");
	return place === -1 ? "" : `ink-${(place % 8) + 1}`;
}
