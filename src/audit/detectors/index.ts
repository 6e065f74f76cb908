// Pure. The registry: every detector the audit runs, in the order of their codes' documentation.
import { detectCriticalUnowned } from "./critical-unowned.ts";
import { detectDeletionPending } from "./deletion-pending.ts";
import { detectForeignEdit } from "./foreign-edit.ts";
import type { HistoryDetector } from "./history.ts";
import { detectRuleUnmatched } from "./rule-unmatched.ts";
import { detectSharedEditUncoordinated } from "./shared-edit-uncoordinated.ts";
import type { TreeDetector } from "./tree.ts";
import { detectUnattributedEdit } from "./unattributed-edit.ts";

export const historyDetectors: readonly HistoryDetector[] = [
	detectForeignEdit,
	detectSharedEditUncoordinated,
	detectUnattributedEdit,
];

export const treeDetectors: readonly TreeDetector[] = [
	detectRuleUnmatched,
	detectDeletionPending,
	detectCriticalUnowned,
];
