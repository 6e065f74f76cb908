// Pure. Typed entries -> the flat records of the catalog, dates in UTC.
import type { Claim, Note, Phase, Port, Resolution } from "#model/agreement";
import type { Rule } from "#model/ownership";
import type { Project } from "#model/project";
import type { Team } from "#model/team";
import type { DateReader } from "./dates.ts";
import type { Entry } from "./entry.ts";
import type { Content } from "./parse.ts";

type EntryOf<K extends keyof Content> = Content[K][number];

/** Name of a file in the catalog and the log: the same whatever folder `--content` names. */
export function logicalFile(entry: Entry<unknown>): string {
	return `content/${entry.path}`;
}

export function buildProject(entry: EntryOf<"project">, dates: DateReader): Project {
	const project = entry.value;
	const { window } = project.repository;
	const since = dates.readNullable(entry, ["repository", "window", "since"], window.since);
	return {
		...project,
		updatedAt: dates.readNullable(entry, ["updatedAt"], project.updatedAt),
		repository: { ...project.repository, window: { since } },
	};
}

export function buildTeam(entry: EntryOf<"teams">, dates: DateReader): Team {
	const { status } = entry.value;
	const lastActivityAt = dates.readNullable(entry, ["status", "lastActivityAt"], status.lastActivityAt);
	return { ...entry.value, status: { ...status, lastActivityAt }, id: entry.id, file: logicalFile(entry) };
}

export function buildRules(entry: EntryOf<"ownership">, dates: DateReader): Rule[] {
	const { value } = entry;
	return value.rules.map((rule, index) => {
		const at = (edge: "from" | "until") => ["rules", index, "effective", edge];
		const fromAt = dates.readNullable(entry, at("from"), rule.effective.from);
		const untilAt = dates.readNullable(entry, at("until"), rule.effective.until, "end");
		dates.expectOrder(entry, at("until"), fromAt, untilAt, "the rule ends before it begins");
		return {
			file: logicalFile(entry),
			line: entry.valueAt(["rules", index]).line,
			mode: value.mode,
			owner: value.mode === "exclusive" ? value.owner : null,
			pattern: rule.pattern,
			except: rule.except,
			fromAt,
			untilAt,
			purpose: "purpose" in rule ? rule.purpose : "own",
			risk: "risk" in rule ? rule.risk : null,
			protocol: "protocol" in rule ? rule.protocol : null,
			note: rule.note,
		};
	});
}

/** Ports as ranges, by protocol and number. */
export function buildPorts(entries: Content["ports"]): Port[] {
	const ports = entries
		.flatMap((entry) => entry.value)
		.map((port): Port => {
			const { protocol, owner, purpose } = port;
			return "port" in port
				? { from: port.port, to: port.port, protocol, owner, purpose }
				: { from: port.from, to: port.to, protocol, owner, purpose };
		});
	return ports.sort((a, b) => (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : a.from - b.from));
}

export function buildPhase(entry: EntryOf<"schedule">, dates: DateReader): Phase {
	const { from, to } = entry.value;
	const fromAt = dates.readNullable(entry, ["from"], from);
	const untilAt = dates.readNullable(entry, ["to"], to, "end");
	dates.expectOrder(entry, ["to"], fromAt, untilAt, "the phase ends before it begins");
	return { ...entry.value, id: entry.id, file: logicalFile(entry), fromAt, untilAt };
}

export function buildClaim(entry: EntryOf<"claims">, dates: DateReader): Claim {
	const fromAt = dates.read(entry, ["from"], entry.value.from);
	const untilAt = dates.read(entry, ["until"], entry.value.until, "end");
	dates.expectOrder(entry, ["until"], fromAt, untilAt, "the claim ends before it begins");
	return { ...entry.value, id: entry.id, file: logicalFile(entry), fromAt, untilAt };
}

export function buildResolution(entry: EntryOf<"resolutions">, dates: DateReader): Resolution {
	const { value } = entry;
	const atUtc = dates.read(entry, ["at"], value.at);
	const untilAt = dates.readNullable(entry, ["until"], value.until, "end");
	dates.expectOrder(entry, ["until"], atUtc, untilAt, "the resolution ends before it was made");
	const steps = value.steps.map((step, index) => ({ ...step, at: dates.read(entry, ["steps", index, "at"], step.at) }));
	steps.forEach((step, index) => {
		const before = steps[index - 1];
		if (before !== undefined && step.at < before.at) {
			dates.expectOrder(
				entry,
				["steps", index, "at"],
				before.at,
				step.at,
				"this step was taken before the one above it",
			);
		}
	});
	return { ...value, steps, id: entry.id, file: logicalFile(entry), atUtc, untilAt };
}

export function buildNote(entry: EntryOf<"notes">, dates: DateReader): Note {
	return { ...entry.value, at: dates.read(entry, ["at"], entry.value.at), id: entry.id, file: logicalFile(entry) };
}
