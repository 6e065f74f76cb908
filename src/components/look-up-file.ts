// Pure. The look-up's data set, and the addresses of what its answers name.
import type { LookUpFile } from "#model/look-up";
import { lookUpData } from "#rules/look-up-data";
import { editHref } from "./content-source.ts";
import { conflictHref, contractHref, ruleHref, teamHref } from "./links.ts";
import type { Site } from "./site.ts";

/** What /api/v1/look-up.json holds. */
export function lookUpFile({
	catalog,
	log,
	isSample,
	realityOf,
	pageOfConflict,
}: Pick<Site, "catalog" | "log" | "isSample" | "realityOf" | "pageOfConflict">): LookUpFile {
	const data = lookUpData(catalog, log.conflicts, [...realityOf.values()]);
	const { name, head, headAt, complete } = log.repository;
	const hrefs = (ids: readonly string[], href: (id: string) => string) =>
		Object.fromEntries(ids.map((id) => [id, href(id)]));
	const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
	const files = [...new Set(data.rules.map(({ file }) => file))];
	return {
		version: 1,
		repository: { name, head, headAt, complete, isSample },
		data,
		pages: {
			teams: hrefs(idsOf(data.teams), teamHref),
			contracts: hrefs(idsOf(catalog.contracts), contractHref),
			conflicts: hrefs(idsOf(data.conflicts), (id) => conflictHref(id, pageOfConflict)),
			rules: hrefs(files, (file) => ruleHref(file)),
		},
		edit: Object.fromEntries(
			files.flatMap((file) => {
				const href = editHref(catalog.project.site.editUrl, file);
				return href === null ? [] : [[file, href]];
			}),
		),
	};
}
