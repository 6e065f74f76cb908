// Pure. Whether what the pages point at is there: pages, places on them, files; and that nothing is loaded from elsewhere.
import { nearest } from "#model/nearest";
import type { PageFacts, Reference } from "./page-facts.ts";

/** A built site as the checker sees it. Addresses begin with `/` and know nothing of the base path. */
export interface BuiltSite {
	/** Pages by address (`/teams/`). */
	readonly pages: ReadonlyMap<string, Pick<PageFacts, "references" | "places">>;
	/** Every file, by path from the site's folder (`teams/index.html`). */
	readonly files: ReadonlySet<string>;
	/** What files that are no pages point at: style sheets, feeds, lists of links; by path. */
	readonly others: ReadonlyMap<string, readonly Reference[]>;
	/** The sub-path it was built for, with a slash at both ends. */
	readonly base: string;
	/** Its public origin; null: not known. */
	readonly origin: string | null;
}

/** Something that leads nowhere, once, however many pages show it. */
export interface LinkProblem {
	/** The first page or file that holds it. */
	readonly page: string;
	readonly line: number;
	readonly column: number;
	/** As it is written there. */
	readonly address: string;
	readonly where: string;
	readonly message: string;
	/** What to do about it. */
	readonly cure: string;
	/** Further pages that hold the same. */
	readonly alsoOn: number;
}

export interface LinkReport {
	/** References looked at, those to other origins included. */
	readonly seen: number;
	readonly problems: readonly LinkProblem[];
}

type Verdict = { readonly message: string; readonly cure: string } | null;

const NOWHERE = "http://site.invalid";

/** Looks at every reference of the site and tells of all that is wrong, each once, in order of the pages. */
export function checkLinks(site: BuiltSite): LinkReport {
	const found = new Map<string, { problem: Omit<LinkProblem, "alsoOn">; on: Set<string> }>();
	const known = new Map<string, Verdict>();
	let seen = 0;
	const look = (page: string, path: string, references: readonly Reference[]) => {
		for (const reference of references) {
			seen++;
			const verdict = judge(site, path, reference, known);
			if (verdict === null) continue;
			const { address, where, line, column } = reference;
			const key = JSON.stringify([address, where, verdict.message]);
			const entry = found.get(key) ?? { problem: { page, line, column, address, where, ...verdict }, on: new Set() };
			found.set(key, entry);
			entry.on.add(page);
		}
	};
	for (const [address, page] of site.pages) look(address, address, page.references);
	for (const [file, references] of site.others) look(file, `/${file}`, references);
	return {
		seen,
		problems: [...found.values()].map(({ problem, on }) => ({ ...problem, alsoOn: on.size - 1 })),
	};
}

function judge(site: BuiltSite, path: string, reference: Reference, known: Map<string, Verdict>): Verdict {
	const { address, use } = reference;
	const own = site.origin ?? NOWHERE;
	const from = `${own}${site.base.slice(0, -1)}${encodeURI(path)}`;
	if (!URL.canParse(address, from)) return { message: "is no address", cure: "Write a path or a whole URL." };
	const target = new URL(address, from);
	if (target.protocol === "javascript:")
		return { message: "is a script, which the pages' policy forbids", cure: "Link to a page, or use a button." };
	if (!/^https?:$/.test(target.protocol)) return null;
	if (target.origin !== own) {
		if (use !== "load") return null;
		return {
			message: `is loaded from another origin, ${target.origin}: the pages' policy forbids it`,
			cure: "Keep a copy beside the page, or link to it.",
		};
	}
	// It is shown at whatever address was not found: only what begins with a slash holds there.
	if (path === "/404.html" && !/^([a-z]+:|\/|#)/i.test(address))
		return { message: "is relative, on a page without an address of its own", cure: "Begin it with the base path." };
	const key = `${use} ${target.pathname}${target.hash}`;
	const before = known.get(key);
	if (before !== undefined) return before;
	const verdict = judgeOwn(site, path, target);
	// What to write instead depends on the page it stands on: only good news is kept.
	if (verdict === null) known.set(key, null);
	return verdict;
}

function judgeOwn(site: BuiltSite, path: string, target: URL): Verdict {
	const asked = decode(target.pathname);
	if (!asked.startsWith(site.base)) {
		const meant = pageOf(site, asked);
		const cure =
			meant === null
				? `Write it relative to the page; the site is served below ${site.base}.`
				: `Write it relative to the page: ${relativeTo(path, meant)}${target.hash}`;
		return { message: `leads out of the site, which is served below ${site.base}`, cure };
	}
	const inside = `/${asked.slice(site.base.length)}`;
	const page = pageOf(site, inside);
	if (page !== null) return judgePlace(site.pages.get(page)?.places ?? new Set(), target.hash);
	if (site.files.has(inside.slice(1))) return null;
	if (pageOf(site, `${inside}/`) !== null)
		return {
			message: "lacks the slash that pages' addresses end with",
			cure: `Write ${relativeTo(path, `${inside}/`)}${target.hash}`,
		};
	return { message: "leads to no page and no file", cure: meantPage(site, path, inside) };
}

function judgePlace(places: ReadonlySet<string>, hash: string): Verdict {
	const [id = ""] = decode(hash.slice(1)).split(":~:", 1);
	if (id === "" || id === "top" || places.has(id)) return null;
	const match = nearest(
		id,
		[...places].filter((place) => !place.startsWith("_")),
	);
	return {
		message: `leads to a page that has no place "${id}"`,
		cure: match === null ? "Link to a heading of that page, or to the page alone." : `Did you mean "#${match}"?`,
	};
}

/** The address under which a page is listed; null: there is no such page. */
function pageOf(site: BuiltSite, address: string): string | null {
	if (site.pages.has(address)) return address;
	const plain = address.replace(/(^|\/)index\.html$/, "$1");
	return plain !== address && site.pages.has(plain) ? plain : null;
}

function meantPage(site: BuiltSite, path: string, address: string): string {
	const pages = [...site.pages.keys()];
	const last = (one: string) => one.split("/").filter(Boolean).at(-1);
	const match = pages.find((page) => last(page) === last(address)) ?? nearest(address, pages);
	if (match === null || match === undefined) return "Mend the link, or add what it leads to.";
	return `Did you mean ${relativeTo(path, match)}?`;
}

/** `to` as it is written on a page at `from`, so that it holds under any base path: `../ports/`. */
function relativeTo(from: string, to: string): string {
	const here = from.split("/").slice(1, -1);
	const there = to.split("/").slice(1);
	let shared = 0;
	while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared++;
	const path = `${"../".repeat(here.length - shared)}${there.slice(shared).join("/")}`;
	return path === "" ? "./" : path;
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
