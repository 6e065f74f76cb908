// Pure. `exempt-edit`: an exempt actor, or a pure revert, did what would otherwise be a violation.
import type { Finding } from "../finding.ts";

/** Why a commit needs no approval: its author is exempt by e-mail, or it only takes back what another did. */
export type Exemption = "identity" | "revert";

/** The same finding as a note. Exempt by identity it accuses no team; a revert is its team's doing. */
export function exempt(finding: Finding, exemption: Exemption): Finding {
	return { ...finding, code: "exempt-edit", level: "note", actor: exemption === "identity" ? null : finding.actor };
}
