// Pure. How to write a decision about conflicts: the command, and the file it would write, ready to be copied.
import { RESOLUTION_STATES } from "#model/agreement";

/** What is decided where nobody has decided yet: somebody saw it, and it still counts as open. */
const DRAFT_STATE = "acknowledged";
const DRAFT_REASON = "Why, for those who read the log later.";

export interface DecisionDraft {
	/** Conflicts that are one story; at least one. */
	readonly ids: readonly string[];
	readonly coordinator: string;
	/** The project's escalation steps. */
	readonly escalation: readonly string[];
	/** Logical files of the decisions there are (`content/resolutions/…`). */
	readonly taken: readonly string[];
	/** When it is decided (ISO, UTC). */
	readonly at: string;
}

/** `npm run resolve -- CF-… --state acknowledged --reason "…"`: runs as it stands. */
export function decisionCommand(ids: readonly string[]): string {
	return `npm run resolve -- ${ids.join(" ")} --state ${DRAFT_STATE} --reason "${DRAFT_REASON}"`;
}

/** The file for a new decision: named by its first conflict, by the next free number where that is taken. */
export function decisionFile({ ids, taken }: Pick<DecisionDraft, "ids" | "taken">): string {
	const stem = `content/resolutions/${ids[0]}`;
	const stems = new Set(taken.map((file) => file.replace(/\.ya?ml$/, "")));
	for (let number = 1; ; number++) {
		const free = number === 1 ? stem : `${stem}-${number}`;
		if (!stems.has(free)) return `${free}.yaml`;
	}
}

/**
 * A file of content/resolutions/ that is valid as it stands. What would claim more than whoever copies it has seen is a
 * comment.
 */
export function decisionYaml({ ids, coordinator, escalation, at }: Omit<DecisionDraft, "taken">): string {
	const others = RESOLUTION_STATES.filter((state) => state !== DRAFT_STATE);
	const [step] = escalation;
	const lines = [
		`conflict: ${ids.length === 1 ? ids[0] : `[${ids.join(", ")}]`}`,
		`state: ${DRAFT_STATE} # or ${others.join(", ")}`,
		`by: ${JSON.stringify(coordinator)}`,
		`at: ${at}`,
		`reason: ${JSON.stringify(DRAFT_REASON)}`,
		"# until: 2030-12-31 # last day of a pause or an override",
		...(step === undefined ? [] : ["# steps:", `#   - { step: ${JSON.stringify(step)}, at: ${at} }`]),
	];
	return `${lines.join("\n")}\n`;
}
