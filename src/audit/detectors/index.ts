// Pure. The registry: every detector the audit runs, in the order of their codes' documentation.
import { detectAttributionDisagreement } from "./attribution-disagreement.ts";
import { detectConfigForeignKey } from "./config-foreign-key.ts";
import { detectConfigUnparsable } from "./config-unparsable.ts";
import { detectContractDrift } from "./contract-drift.ts";
import { detectContractMissing } from "./contract-missing.ts";
import { detectCriticalUnowned } from "./critical-unowned.ts";
import { detectDeletionPending } from "./deletion-pending.ts";
import { detectFileUnread } from "./file-unread.ts";
import { detectForeignEdit } from "./foreign-edit.ts";
import { detectGeneratedFloor } from "./generated-floor.ts";
import type { ChangeDetector, CommitDetector } from "./history.ts";
import { detectManifestDrift } from "./manifest-drift.ts";
import { detectPortDuplicate } from "./port-duplicate.ts";
import { detectPortForeign } from "./port-foreign.ts";
import { detectPortUnregistered } from "./port-unregistered.ts";
import { detectProtoBreaking } from "./proto-breaking.ts";
import { detectProtoDuplicate } from "./proto-duplicate.ts";
import { detectProtoOverlap } from "./proto-overlap.ts";
import { detectReplicaDrift } from "./replica-drift.ts";
import { detectRuleUnmatched } from "./rule-unmatched.ts";
import { detectSharedEditNotAtomic } from "./shared-edit-not-atomic.ts";
import { detectSharedEditUncoordinated } from "./shared-edit-uncoordinated.ts";
import { detectStatusContradiction } from "./status-contradiction.ts";
import type { TreeDetector } from "./tree.ts";
import { detectUnattributedEdit } from "./unattributed-edit.ts";
import { detectUnknownTeam } from "./unknown-team.ts";

/** One path changed by one commit; of an exempt commit `exempt-edit` makes notes of what these say. */
export const changeDetectors: readonly ChangeDetector[] = [
	detectForeignEdit,
	detectSharedEditUncoordinated,
	detectSharedEditNotAtomic,
	detectUnattributedEdit,
];

export const commitDetectors: readonly CommitDetector[] = [detectAttributionDisagreement, detectUnknownTeam];

/** What only the whole history, or its branches, show. */
export { detectMergeCollision } from "./merge-collision.ts";
export { detectOverlappingEdit } from "./overlapping-edit.ts";

export const treeDetectors: readonly TreeDetector[] = [
	detectRuleUnmatched,
	detectDeletionPending,
	detectCriticalUnowned,
	detectStatusContradiction,
	detectReplicaDrift,
	detectProtoDuplicate,
	detectProtoOverlap,
	detectConfigUnparsable,
	detectConfigForeignKey,
	detectGeneratedFloor,
	detectManifestDrift,
	detectContractMissing,
	detectContractDrift,
	detectProtoBreaking,
	detectFileUnread,
	detectPortDuplicate,
	detectPortForeign,
	detectPortUnregistered,
];
