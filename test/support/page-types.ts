// Pure. One address of every type of page: what is held for all pages is held for each of these.

/** In the order of the navigation. A page type without an address here is not looked at by any browser test. */
export const PAGE_TYPES: readonly string[] = [
	"/",
	"/may-i/",
	"/conflicts/",
	"/status/",
	"/teams/",
	"/teams/team-b/",
	"/ownership/",
	"/ownership/team-a/",
	"/contracts/",
	"/contracts/sft-trainer/",
	"/namespaces/",
	"/ports/",
	"/claims/",
	"/schedule/",
	"/notes/",
	"/machines/",
	"/findings/",
	"/findings/foreign-edit/",
	"/findings/merge-collision/",
	"/guide/",
	"/guide/collision-prevention/",
	"/guide/committing/",
	"/guide/status/",
	"/no-such-page/",
];
