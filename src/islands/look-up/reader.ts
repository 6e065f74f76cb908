// Edge(browser). What the address and this browser know of the reader: the path asked about, the reader's own team.

export interface Address {
	/** As typed; empty: none. */
	readonly path: string;
	/** Id of a team; null: none is named. */
	readonly team: string | null;
}

export function readAddress(): Address {
	const search = new URLSearchParams(location.search);
	return { path: search.get("path") ?? "", team: search.get("team") || null };
}

/** The page's address for a path; the rest of it stays. */
function addressOf(path: string): URL {
	const url = new URL(location.href);
	if (path === "") url.searchParams.delete("path");
	else url.searchParams.set("path", path);
	url.hash = "";
	return url;
}

/** Makes the path part of the address, so that it can be sent, and gone back from. */
export function writePathToAddress(path: string): void {
	if (readAddress().path !== path) history.pushState(null, "", addressOf(path));
}

/** Takes the team out of the address: from now on this browser knows it. */
export function dropTeamFromAddress(): void {
	const url = new URL(location.href);
	url.searchParams.delete("team");
	history.replaceState(null, "", url);
}

const KEY = "coordination team";

/** The team chosen before; null: none, or this browser keeps nothing. */
export function readOwnTeam(): string | null {
	try {
		return localStorage.getItem(KEY);
	} catch {
		// Storage is forbidden here: the choice holds for this page.
		return null;
	}
}

export function keepOwnTeam(team: string | null): void {
	try {
		if (team === null) localStorage.removeItem(KEY);
		else localStorage.setItem(KEY, team);
	} catch {
		// Forbidden or full: the choice holds for this page.
	}
}
