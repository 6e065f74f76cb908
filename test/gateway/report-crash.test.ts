// What was accepted outlives the gateway, however it ends: a real process, killed at random moments while reports stream in.
import { expect, it } from "vitest";
import { seeded } from "#scripts/faults/random";
import { crashReports } from "#test/report-crash";

it("20 kills: nothing accepted is lost, nothing is accepted twice", async () => {
	const figures = await crashReports({ kills: 20, random: seeded(20_261_126) });
	expect(figures).toMatchObject({ kills: 20, lost: [], acceptedTwice: [] });
	// The kills hit a gateway that was at work: some reports were under way each time or nearly so.
	expect(figures.accepted).toBeGreaterThan(100);
	expect(figures.unanswered).toBeGreaterThan(20);
}, 120_000);
