// Pure. The whole proposal: from CODEOWNERS where there is one that names owners, else from who changes what.
import type { RawPath } from "#model/history";
import type { FilePorts } from "#model/tree-facts";
import { parseOwners } from "./codeowners-file.ts";
import { translateOwners } from "./codeowners-rules.ts";
import type { Evidence } from "./evidence.ts";
import type { MailmapLine } from "./mailmap.ts";
import { proposeOwnerTeams } from "./owner-teams.ts";
import { cutByPart } from "./part-edits.ts";
import { divideTree } from "./parts.ts";
import { type People, sortPeople } from "./people.ts";
import { proposePorts } from "./ports.ts";
import type { Proposal, ProposedRule, ProposedTeam, Remark } from "./proposal.ts";
import { settleClashes, tryRules } from "./ruleset.ts";
import { proposeShared } from "./shared-rules.ts";
import { proposeTeams } from "./teams.ts";

export interface Seen {
	readonly evidence: Evidence;
	/** Every path of the history, also those that are gone: no rule may clash on any. */
	readonly paths: readonly RawPath[];
	/** Text and place of CODEOWNERS; null: there is none. */
	readonly owners: { readonly source: string; readonly text: string } | null;
	readonly host: "github" | "gitlab";
	readonly mailmap: readonly MailmapLine[];
	readonly ports: ReadonlyMap<RawPath, FilePorts>;
}

export interface Proposed extends Proposal {
	readonly people: People;
	/** Where rules come from CODEOWNERS: of so many tracked files, on so many both say the same. */
	readonly exactness: { readonly source: string; readonly files: number; readonly same: number } | null;
	/** Of so many tracked files, about so many the rules say anything. */
	readonly coverage: { readonly files: number; readonly ruled: number };
}

export function propose(seen: Seen): Proposed {
	const { evidence, paths } = seen;
	const people = sortPeople(evidence.authors, seen.mailmap);
	const basis = fromOwners(seen, people) ?? fromFolders(seen, people);
	const remarks = [...basis.remarks];
	const rules = settleClashes(basis.rules, paths, (a, b) => {
		const text = `${a.pattern} (${a.owner}) and ${b.pattern} (${b.owner}) take the same files: both were made shared`;
		remarks.push({ about: "ownership", text });
	});
	const judge = tryRules(rules);
	const teamOf = (path: RawPath) => {
		const verdict = judge(path);
		return verdict.kind === "owned" ? verdict.owner : null;
	};
	const shared = proposeShared(evidence, basis.teams, (file) => judge(file).kind !== "unmatched");
	const [sole, ...more] = basis.teams;
	const isAlone = sole !== undefined && more.length === 0;
	if (isAlone && shared.length > 0) {
		const patterns = shared.map(({ pattern }) => pattern).join(", ");
		remarks.push({ about: "ownership", text: `with a second team, these would be shared: ${patterns}` });
	}
	const all = isAlone ? rules : [...rules, ...shared];
	const judgeAll = tryRules(all);
	const ruled = evidence.files.filter((file) => judgeAll(file).kind !== "unmatched").length;
	const ports = proposePorts(seen.ports, isAlone ? () => sole.id : teamOf);
	return {
		people,
		teams: basis.teams,
		rules: all,
		ports: ports.ports,
		remarks: [...remarks, ...ports.remarks],
		exactness: basis.compare(judge),
		coverage: { files: evidence.files.length, ruled },
	};
}

interface Basis {
	readonly teams: readonly ProposedTeam[];
	readonly rules: readonly ProposedRule[];
	readonly remarks: readonly Remark[];
	compare(judge: ReturnType<typeof tryRules>): Proposed["exactness"];
}

function fromOwners({ evidence, owners, host }: Seen, people: People): Basis | null {
	if (owners === null) return null;
	const { source, text } = owners;
	const { files } = evidence;
	const read = translateOwners(parseOwners(text, host), source, files);
	if (!files.some((path) => read.verdictOf(path).kind !== "unmatched")) return null;
	const teamOf = (path: RawPath) => {
		const verdict = read.verdictOf(path);
		return verdict.kind === "owned" ? verdict.team : null;
	};
	const found = proposeOwnerTeams(evidence, people, read.deciding, source, host, teamOf);
	return {
		teams: found.teams,
		rules: read.rules,
		remarks: [...read.remarks, ...found.remarks],
		compare(judge) {
			const same = files.filter((path) => {
				const [ours, theirs] = [judge(path), read.verdictOf(path)];
				return ours.kind === theirs.kind && (ours.kind !== "owned" || ours.owner === teamOf(path));
			});
			return { source, files: files.length, same: same.length };
		},
	};
}

function fromFolders({ evidence, owners }: Seen, people: People): Basis {
	const found = proposeTeams(evidence, people, cutByPart(evidence, divideTree(evidence.files)));
	const remarks = [...found.remarks];
	if (owners !== null) {
		remarks.unshift({ about: "ownership", text: `${owners.source} gives no tracked file an owner: it was not used` });
	}
	return { teams: found.teams, rules: found.rules, remarks, compare: () => null };
}
