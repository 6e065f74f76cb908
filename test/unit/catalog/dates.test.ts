// Dates of the content: read in the project's zone, handed out in UTC, refused when they are none.
// Expected instants: GNU date, e.g. `date -u -d 'TZ="Africa/Cairo" 2025-04-25 01:00'`; the skipped and the doubled hour by hand.
import { expect, test } from "vitest";
import { resolveDate } from "#catalog/zone";
import { catalogOf, problemsOf } from "./check-content.ts";

const resolved: [law: string, date: string, zone: string, edge: "start" | "end", at: string][] = [
	["UTC is the default", "2025-07-31T14:45", "UTC", "start", "2025-07-31T14:45:00Z"],
	["summer time", "2025-07-31T14:45", "Europe/Amsterdam", "start", "2025-07-31T12:45:00Z"],
	["winter time", "2025-01-31T14:45:10", "Europe/Amsterdam", "start", "2025-01-31T13:45:10Z"],
	["a date with its own zone keeps it", "2025-07-31T14:45Z", "Europe/Amsterdam", "start", "2025-07-31T14:45:00Z"],
	["an offset of its own", "2025-07-31T14:45:00-07:00", "Europe/Amsterdam", "start", "2025-07-31T21:45:00Z"],
	["a day begins at its midnight", "2025-07-31", "Europe/Amsterdam", "start", "2025-07-30T22:00:00Z"],
	["a day that is included ends at the next midnight", "2025-07-31", "Europe/Amsterdam", "end", "2025-07-31T22:00:00Z"],
	["the day the clocks go forward has 23 hours", "2025-03-30", "Europe/Amsterdam", "end", "2025-03-30T22:00:00Z"],
	["the day they go back has 25", "2025-10-26", "Europe/Amsterdam", "end", "2025-10-26T23:00:00Z"],
	[
		"a moment the clocks skip is read as if they had not",
		"2025-03-30T02:30",
		"Europe/Amsterdam",
		"start",
		"2025-03-30T01:30:00Z",
	],
	["a moment that comes twice is the first", "2025-10-26T02:30", "Europe/Amsterdam", "start", "2025-10-26T00:30:00Z"],
	["an instant as the end is itself", "2025-07-31T18:00", "UTC", "end", "2025-07-31T18:00:00Z"],
	["the end of a year", "2024-12-31", "UTC", "end", "2025-01-01T00:00:00Z"],
	["a leap day", "2024-02-29", "UTC", "start", "2024-02-29T00:00:00Z"],
	[
		"a day that begins at one o'clock, there being no midnight",
		"2025-04-25",
		"Africa/Cairo",
		"start",
		"2025-04-24T22:00:00Z",
	],
];

test.each(resolved)("%s", (_law, date, zone, edge, at) => {
	expect(resolveDate(date, zone, edge)).toEqual({ at });
});

test.each(["2025-02-29", "2025-13-01", "2025-06-31T10:00", "2025-06-30T25:00", "2025-06-30T10:61Z"])(
	"%s is no date",
	(date) => {
		expect(resolveDate(date, "UTC", "start")).toEqual({ wrong: `"${date}" is in no calendar` });
	},
);

const ZONE = "name: P\ntimezone: Europe/Amsterdam\n";

test("every date of the catalog that is an instant is UTC", () => {
	const { project, teams, rules, claims, resolutions, notes, phases } = catalogOf({
		"project.yaml": `${ZONE}updatedAt: 2025-07-31T14:47\nrepository: { window: { since: 2025-07-01 } }\n`,
		"teams/team-a.yaml": "name: A\nstatus: { lastActivityAt: 2025-07-31T15:00 }\n",
		"ownership/a.yaml":
			"mode: exclusive\nowner: team-a\nrules: [{ pattern: x, effective: { from: 2025-07-01, until: 2025-07-31 } }]\n",
		"claims/c.yaml":
			"resource: path:x\nteam: team-a\nagreedBy: Ann\nfrom: 2025-07-31T09:00\nuntil: 2025-07-31\nreason: r\n",
		"resolutions/r.yaml":
			"conflict: CF-ABCDEFGHIJ\nstate: paused\nby: Ann\nat: 2025-07-31T10:00\nreason: r\nuntil: 2025-08-01\nsteps: [{ step: s, at: 2025-07-31T11:00 }]\n",
		"notes/n.md": "---\ntitle: T\nat: 2025-07-31T14:45\n---\n",
		"schedule/1.yaml": "title: T\nfrom: 2025-07-31\nto: 2025-07-31\n",
	});
	expect(project.updatedAt).toBe("2025-07-31T12:47:00Z");
	expect(project.repository.window.since).toBe("2025-06-30T22:00:00Z");
	expect(teams[0]!.status.lastActivityAt).toBe("2025-07-31T13:00:00Z");
	expect(rules[0]).toMatchObject({ fromAt: "2025-06-30T22:00:00Z", untilAt: "2025-07-31T22:00:00Z" });
	expect(claims[0]).toMatchObject({ fromAt: "2025-07-31T07:00:00Z", untilAt: "2025-07-31T22:00:00Z" });
	expect(resolutions[0]).toMatchObject({
		conflict: ["CF-ABCDEFGHIJ"],
		atUtc: "2025-07-31T08:00:00Z",
		untilAt: "2025-08-01T22:00:00Z",
		steps: [{ step: "s", at: "2025-07-31T09:00:00Z" }],
	});
	expect(notes[0]!.at).toBe("2025-07-31T12:45:00Z");
	expect(phases[0]).toMatchObject({
		from: "2025-07-31",
		to: "2025-07-31",
		fromAt: "2025-07-30T22:00:00Z",
		untilAt: "2025-07-31T22:00:00Z",
	});
});

test("dates that are none, and dates out of order, each at its place", () => {
	const swap = "    hint: Swap the two dates, or correct one.";
	expect(
		problemsOf({
			"project.yaml": "name: P\nupdatedAt: 2025-02-30\n",
			"claims/c.yaml":
				"resource: path:x\nteam: team-a\nagreedBy: Ann\nfrom: 2025-08-02\nuntil: 2025-08-01\nreason: r\n",
			"ownership/a.yaml":
				"mode: exclusive\nowner: team-a\nrules:\n  - pattern: x\n    effective: { from: 2025-08-02, until: 2025-08-01 }\n",
			"schedule/1.yaml": "title: T\nfrom: 2025-08-02\nto: 2025-08-01\n",
			"resolutions/r.yaml":
				"conflict: CF-ABCDEFGHIJ\nstate: paused\nby: Ann\nat: 2025-08-03\nreason: r\nuntil: 2025-08-01\nsteps:\n  - { step: s, at: 2025-08-02 }\n  - { step: t, at: 2025-08-01 }\n",
		}),
	).toEqual([
		`claims/c.yaml:5:8  until  the claim ends before it begins\n${swap}`,
		`ownership/a.yaml:5:43  rules.0.effective.until  the rule ends before it begins\n${swap}`,
		'project.yaml:2:12  updatedAt  "2025-02-30" is in no calendar\n    hint: Check day, month and hour.',
		`resolutions/r.yaml:6:8  until  the resolution ends before it was made\n${swap}`,
		`resolutions/r.yaml:9:20  steps.1.at  this step was taken before the one above it\n${swap}`,
		`schedule/1.yaml:3:5  to  the phase ends before it begins\n${swap}`,
	]);
});

test("a claim of a single day is in order; a claim of no time is not", () => {
	const claim = (from: string, until: string) => ({
		"claims/c.yaml": `resource: path:x\nteam: team-a\nagreedBy: Ann\nfrom: ${from}\nuntil: ${until}\nreason: r\n`,
	});
	expect(problemsOf(claim("2025-08-01", "2025-08-01"))).toEqual([]);
	expect(problemsOf(claim("2025-08-01T10:00", "2025-08-01T10:00"))).toHaveLength(1);
});
