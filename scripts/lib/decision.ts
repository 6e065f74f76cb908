// Pure. A decision about conflicts as a person types it -> the resolution as the content holds it.
import { RESOLUTION_STATES } from "#model/agreement";
import { UsageError } from "#model/problem";
import { oneOf } from "./options.ts";

/** The options of `npm run resolve`, as typed. */
export interface Typed {
	readonly ids: readonly string[];
	readonly state?: string | undefined;
	readonly reason?: string | undefined;
	readonly by?: string | undefined;
	readonly until?: string | undefined;
	readonly at?: string | undefined;
	readonly steps: readonly string[];
}

export interface Settled {
	/** Name of the coordinator, who decides where nobody else is named. */
	readonly coordinator: string;
	/** The project's escalation steps, in order. */
	readonly escalation: readonly string[];
	/** ISO, UTC. */
	readonly now: string;
}

/** A file of content/resolutions/, before the schema has seen it. */
export interface Decision {
	readonly conflict: string | readonly string[];
	readonly state: (typeof RESOLUTION_STATES)[number];
	readonly by: string;
	readonly at: string;
	readonly reason: string;
	readonly until?: string;
	readonly steps?: readonly { readonly step: string; readonly at: string }[];
}

/** Puts a decision together. Throws UsageError for what is missing. */
export function makeDecision({ ids, state, reason, by, until, at, steps }: Typed, project: Settled): Decision {
	const [first, ...others] = [...new Set(ids)];
	if (first === undefined) throw new UsageError("which conflict?", "give its id, e.g. CF-ABCDEFGHIJ");
	if (state === undefined) throw new UsageError("--state is missing", `one of ${RESOLUTION_STATES.join(", ")}`);
	if (reason === undefined || reason.trim() === "") {
		throw new UsageError("--reason is missing", "say why, for those who read the log later");
	}
	const decided = oneOf("state", state, RESOLUTION_STATES);
	if (until === undefined && (decided === "overridden" || decided === "paused")) {
		throw new UsageError(
			`a conflict that is ${decided} stays so until when?`,
			"give the last day with --until DATE, or --until never",
		);
	}
	const when = at ?? project.now;
	const taken = steps.map((step) => readStep(step, project.escalation, when));
	return {
		conflict: others.length === 0 ? first : [first, ...others],
		state: decided,
		by: by ?? project.coordinator,
		at: when,
		reason: reason.trim(),
		...(until === undefined || until === "never" ? {} : { until }),
		...(taken.length === 0 ? {} : { steps: taken }),
	};
}

/** A step's number or its words, and `@DATE` where it was not taken just now. */
function readStep(typed: string, escalation: readonly string[], when: string): { step: string; at: string } {
	const [, words = "", date] = /^(.*?)\s*(?:@\s*(\d{4}-\d{2}-\d{2}\S*))?$/s.exec(typed.trim()) ?? [];
	const step = /^\d+$/.test(words) ? escalation[Number(words) - 1] : words;
	if (step !== undefined && step !== "") return { step, at: date ?? when };
	const known = escalation.map((text, index) => `${index + 1} ${text}`).join("; ");
	throw new UsageError(
		`--step ${typed} is no step of this project`,
		known === "" ? "project.yaml lists none under escalation: write its words" : `the steps are: ${known}`,
	);
}
