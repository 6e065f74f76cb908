// Pure. How grave a finding of each code can be, for tables of codes. What a conflict's own level is, the log says.
import type { FindingCode, Level } from "#model/finding";

/** Gravest first. Where there are several, the page of the code says what decides. */
export const findingLevels: Record<FindingCode, readonly Level[]> = {
	"foreign-edit": ["error"],
	"exempt-edit": ["note"],
	"shared-edit-uncoordinated": ["error", "warning"],
	"shared-edit-not-atomic": ["warning"],
	"unattributed-edit": ["warning", "note"],
	"attribution-disagreement": ["warning"],
	"unknown-team": ["warning"],
	"overlapping-edit": ["warning"],
	"config-foreign-edit": ["error"],
	"merge-collision": ["error"],
	"rule-unmatched": ["warning"],
	"deletion-pending": ["note"],
	"critical-unowned": ["warning"],
	"status-contradiction": ["warning"],
	"replica-drift": ["warning", "note"],
	"proto-duplicate": ["warning"],
	"proto-overlap": ["error", "warning"],
	"config-unparsable": ["warning", "note"],
	"config-foreign-key": ["error", "warning", "note"],
	"generated-floor": ["error", "warning", "note"],
	"manifest-drift": ["warning"],
	"contract-missing": ["error", "warning"],
	"contract-drift": ["error", "warning"],
	"proto-breaking": ["warning", "note"],
	"file-unread": ["note"],
	"port-duplicate": ["error", "warning"],
	"port-foreign": ["error"],
	"port-unregistered": ["warning"],
};
