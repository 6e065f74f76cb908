// A native gRPC client in Python reads teams and conflicts, and reports: all methods, by a second hand.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#test/make-repo";
import { keptToken, makeToken } from "../../src/gateway/reports/tokens.ts";
import { changeTokens } from "../../src/gateway/reports/tokens-file.ts";
import { teamSchema } from "../../src/model/team.ts";
import { askByPython } from "../support/python-client.ts";
import { pythonMissing } from "../support/python-node.ts";
import { gatewayOver, waitUntil, writeAudit } from "./support.ts";

const missing = pythonMissing();
const team = { ...teamSchema.parse({ name: "Team B" }), id: "team-b", file: "content/teams/team-b.yaml" };

describe.skipIf(missing !== null)(`a client in Python${missing === null ? "" : ` (skipped: ${missing})`}`, () => {
	it("reports for its team, and reads that, what git shows and what is open now", async () => {
		const folder = join(temporaryFolder(), "state");
		const token = makeToken(randomBytes(24));
		await changeTokens(folder, () => [keptToken(token, "team-b", "2026-11-26T10:00:00Z")]);
		const gateway = await gatewayOver({}, { teams: [team], state: { folder, isShared: false } });
		try {
			writeAudit(gateway.content, 3);
			const headers = { "content-type": "application/json" };
			const read = { isThere: false };
			const look = () =>
				fetch(`${gateway.url}/coordination.v1.StatusService/GetTeams`, { method: "POST", body: "{}", headers }).then(
					({ ok }) => {
						read.isThere = ok;
					},
				);
			const looking = setInterval(look, 100);
			await waitUntil(
				() => read.isThere,
				() => gateway.lines,
			).finally(() => clearInterval(looking));

			const { reports, teams, conflicts } = await askByPython(gateway.grpcUrl!, ["team-b", token]);
			expect(reports).toMatchObject({
				nameless: "UNAUTHENTICATED",
				forged: "UNAUTHENTICATED",
				good: { schema: 1, complete: true, validForMs: "1800000" },
				again: "ALREADY_EXISTS",
			});
			expect(teams).toMatchObject({ schema: 1, count: 1, complete: true });
			expect(teams.teams[0]).toMatchObject({
				id: "team-b",
				declared: { state: "TEAM_STATE_ACTIVE", workingOn: "native gRPC", source: "DECLARED_SOURCE_REPORT" },
				derived: { commits: 3 },
			});
			// proto3 JSON leaves out what is false: the gateway does not know that log.
			expect(conflicts).toMatchObject({ schema: 1, complete: true, baseline: "0".repeat(64) });
			expect(conflicts).not.toHaveProperty("isBaselineKnown");
		} finally {
			await gateway.close();
		}
	}, 40_000);
});
