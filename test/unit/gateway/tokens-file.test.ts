// Specification of tokens.json: read anew when it changed, never taken for empty when it is damaged, changed by one at a time.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#test/make-repo";
import { keptToken, makeToken } from "../../../src/gateway/reports/tokens.ts";
import { changeTokens, openTokens, readTokens, tokensFile } from "../../../src/gateway/reports/tokens-file.ts";
import { WorldError } from "../../../src/model/problem.ts";

const kept = (fill: number, team = "team-a") =>
	keptToken(makeToken(new Uint8Array(24).fill(fill)), team, "2026-11-26T10:00:00Z");
const newFolder = () => join(temporaryFolder(), "state");

describe("tokens.json", () => {
	it("that is not there holds none, and is not made by reading", async () => {
		const folder = newFolder();
		expect(await readTokens(folder)).toEqual([]);
		expect(await openTokens(folder)()).toEqual([]);
		expect(() => statSync(folder)).toThrow("ENOENT");
	});

	it("is its owner's alone, and seen by who has read it before", async () => {
		const folder = newFolder();
		const read = openTokens(folder);
		expect(await read()).toEqual([]);
		await changeTokens(folder, (tokens) => [...tokens, kept(1)]);
		expect(await read()).toEqual([kept(1)]);
		await changeTokens(folder, () => []);
		expect(await read()).toEqual([]);
		expect([statSync(folder).mode & 0o777, statSync(tokensFile(folder)).mode & 0o777]).toEqual([0o700, 0o600]);
		expect(readdirSync(folder)).toEqual(["tokens.json"]);
	});

	it("six who change it at once lose nothing of each other", async () => {
		const folder = newFolder();
		await Promise.all(
			Array.from({ length: 6 }, (_, index) => changeTokens(folder, (tokens) => [...tokens, kept(index)])),
		);
		const hashes = (await readTokens(folder)).map(({ sha256 }) => sha256).sort();
		expect(hashes).toEqual(Array.from({ length: 6 }, (_, index) => kept(index).sha256).sort());
	});

	it.each([
		["cut off", (text: string) => text.slice(0, -5)],
		["empty", () => ""],
		["of a team that can be none", (text: string) => text.replace("team-a", "Team A!")],
		["with a hash that is none", (text: string) => text.replace(/[0-9a-f]{64}/, "abc")],
		["with a field of a later version", (text: string) => text.replace('"version": 1', '"version": 2')],
	])("%s is damage with a cure, never an empty list; what changes it refuses", async (_what, spoil) => {
		const folder = newFolder();
		await changeTokens(folder, () => [kept(1)]);
		const spoiled = spoil(readFileSync(tokensFile(folder), "utf8"));
		writeFileSync(tokensFile(folder), spoiled);
		await expect(openTokens(folder)()).rejects.toThrow(WorldError);
		await expect(changeTokens(folder, () => [])).rejects.toThrow(`${tokensFile(folder)} is damaged`);
		expect(readFileSync(tokensFile(folder), "utf8")).toBe(spoiled);
	});

	it("is as it was when a change fails, and free for the next", async () => {
		const folder = newFolder();
		await changeTokens(folder, () => [kept(1)]);
		const refuse = () => {
			throw new Error("no");
		};
		await expect(changeTokens(folder, refuse)).rejects.toThrow("no");
		await changeTokens(folder, (tokens) => [...tokens, kept(2)]);
		expect(await readTokens(folder)).toEqual([kept(1), kept(2)]);
	});
});
