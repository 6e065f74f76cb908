// Pure. The codes of findings. A code is never renamed; its words are made in src/report.

/** Levels are SARIF's. */
export const LEVELS = ["error", "warning", "note"] as const;
export type Level = (typeof LEVELS)[number];

export const FINDING_CODES = [
	"foreign-edit",
	"exempt-edit",
	"shared-edit-uncoordinated",
	"shared-edit-not-atomic",
	"unattributed-edit",
	"attribution-disagreement",
	"unknown-team",
	"overlapping-edit",
	"config-foreign-edit",
	"merge-collision",
	"rule-unmatched",
	"deletion-pending",
	"critical-unowned",
	"status-contradiction",
	"replica-drift",
	"proto-duplicate",
	"proto-overlap",
	"config-unparsable",
	"config-foreign-key",
	"generated-floor",
	"manifest-drift",
	"contract-missing",
	"contract-drift",
	"proto-breaking",
	"file-unread",
	"port-duplicate",
	"port-foreign",
	"port-unregistered",
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** Whether a code is found in the history of commits or in the tree at the head. */
export const findingSource: Record<FindingCode, "history" | "tree"> = {
	"foreign-edit": "history",
	"exempt-edit": "history",
	"shared-edit-uncoordinated": "history",
	"shared-edit-not-atomic": "history",
	"unattributed-edit": "history",
	"attribution-disagreement": "history",
	"unknown-team": "history",
	"overlapping-edit": "history",
	"config-foreign-edit": "history",
	"merge-collision": "history",
	"rule-unmatched": "tree",
	"deletion-pending": "tree",
	"critical-unowned": "tree",
	"status-contradiction": "tree",
	"replica-drift": "tree",
	"proto-duplicate": "tree",
	"proto-overlap": "tree",
	"config-unparsable": "tree",
	"config-foreign-key": "tree",
	"generated-floor": "tree",
	"manifest-drift": "tree",
	"contract-missing": "tree",
	"contract-drift": "tree",
	"proto-breaking": "tree",
	"file-unread": "tree",
	"port-duplicate": "tree",
	"port-foreign": "tree",
	"port-unregistered": "tree",
};
