// Specification of the tokens teams report with: whose one is, and that nothing kept of it makes it again.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bearerToken, keptToken, makeToken, teamOfToken, tokenId } from "../../../src/gateway/reports/tokens.ts";

const AT = "2026-11-26T10:00:00Z";
const bytes = Uint8Array.from({ length: 24 }, (_, index) => index + 248);
const [a1, a2, b1] = [1, 2, 3].map((fill) => makeToken(new Uint8Array(24).fill(fill))) as [string, string, string];
const kept = [keptToken(a1, "team-a", AT), keptToken(b1, "team-b", AT), keptToken(a2, "team-a", AT)];

describe("a token", () => {
	it("is a prefix and its random bytes in base64url, fit for a header and a shell", () => {
		expect(makeToken(bytes)).toMatch(/^coord_[A-Za-z0-9_-]{32}$/);
		expect(Buffer.from(makeToken(bytes).slice(6), "base64url")).toEqual(Buffer.from(bytes));
	});

	it("is kept as its sha256 alone, and named by the first characters of that", () => {
		const sha256 = createHash("sha256").update(a1).digest("hex");
		expect(kept[0]).toEqual({ team: "team-a", sha256, createdAt: AT });
		expect(tokenId(kept[0]!)).toBe(sha256.slice(0, 8));
	});

	it("is its team's, also where a team has two", () => {
		expect([a1, a2, b1].map((token) => teamOfToken(token, kept))).toEqual(["team-a", "team-a", "team-b"]);
	});

	it.each([
		["one character more", `${a1}A`],
		["one character less", a1.slice(0, -1)],
		["another case", a1.toUpperCase()],
		["without its prefix", a1.slice(6)],
		["its own digest", kept[0]!.sha256],
		["nothing", ""],
		["a megabyte", a1.padEnd(1 << 20, "A")],
	])("%s is nobody's", (_what, token) => {
		expect(teamOfToken(token, kept)).toBe(null);
	});

	it("is nobody's where none was given out", () => {
		expect(teamOfToken(a1, [])).toBe(null);
	});
});

describe("the authorization header", () => {
	it.each([
		[`Bearer ${a1}`, a1],
		[`bearer  ${a1} `, a1],
		[a1, null],
		["Basic dGVhbS1hOng=", null],
		["Bearer ", null],
		[`Bearer ${a1} ${b1}`, null],
		["", null],
		[null, null],
	])("%j holds %j", (header, token) => {
		expect(bearerToken(header)).toBe(token);
	});
});
