// Pure. Names in the content that point nowhere.
import type { NamespaceKey } from "#model/namespace";
import { suggest } from "#model/nearest";
import type { Problem } from "#model/problem";
import { type Entry, type FieldPath, problemAt } from "./entry.ts";
import type { ParsedContent } from "./parse.ts";

/** One problem for every team named in the content that has no file in teams/. */
export function checkReferences({ content, ids }: ParsedContent): Problem[] {
	const teams = ids.teams.map(({ id }) => id);
	const problems: Problem[] = [];
	const team = (entry: Entry<unknown>, path: FieldPath, id: string): void => {
		if (teams.includes(id)) return;
		problems.push(
			problemAt(entry, path, `there is no team "${id}"`, teams.length === 0 ? null : suggest(id, teams, "Teams")),
		);
	};
	const key = (
		entry: Entry<unknown>,
		path: FieldPath,
		{ owner, children }: Pick<NamespaceKey, "owner" | "children">,
	): void => {
		team(entry, [...path, "owner"], owner);
		children.forEach((child, index) => {
			key(entry, [...path, "children", index], child);
		});
	};
	for (const entry of content.ownership)
		if (entry.value.mode === "exclusive") team(entry, ["owner"], entry.value.owner);
	for (const entry of content.contracts) {
		team(entry, ["from"], entry.value.from);
		team(entry, ["to"], entry.value.to);
		if (entry.value.from === entry.value.to) {
			problems.push(
				problemAt(entry, ["to"], "a team promises something to itself", "A contract stands between two teams."),
			);
		}
	}
	for (const entry of content.namespaces) key(entry, [], entry.value);
	for (const entry of content.ports) {
		entry.value.forEach((port, index) => {
			team(entry, [index, "owner"], port.owner);
		});
	}
	for (const entry of content.claims) team(entry, ["team"], entry.value.team);
	for (const entry of [...content.schedule, ...content.notes]) {
		entry.value.teams.forEach((id, index) => {
			team(entry, ["teams", index], id);
		});
	}
	return problems;
}
