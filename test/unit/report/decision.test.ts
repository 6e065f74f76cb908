// What the pages offer to be copied is what the content takes.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCatalog } from "#catalog/read";
import { decisionCommand, decisionFile, decisionYaml } from "#report/decision";
import { temporaryFolder } from "#test/make-repo";

const DRAFT = {
	ids: ["CF-AAAAAAAAA2", "CF-AAAAAAAAA3"],
	coordinator: 'Ann "the # judge": yes',
	escalation: ["Collision detected → Pause both teams", "Coordinator resolves conflict"],
	at: "2025-08-01T09:30:00Z",
};

/** The product's own content with a decision in it. */
async function resolutionsWith(name: string, yaml: string) {
	const content = join(temporaryFolder(), "content");
	cpSync("content", content, { recursive: true });
	mkdirSync(join(content, "resolutions"));
	writeFileSync(join(content, "resolutions", name), yaml);
	return (await readCatalog(content)).resolutions;
}

describe("a decision to be copied", () => {
	test("is valid as it stands, and decides no more than that somebody saw it", async () => {
		const [resolution, ...others] = await resolutionsWith("CF-AAAAAAAAA2.yaml", decisionYaml(DRAFT));

		expect(others).toEqual([]);
		expect(resolution).toMatchObject({
			conflict: DRAFT.ids,
			state: "acknowledged",
			by: DRAFT.coordinator,
			atUtc: "2025-08-01T09:30:00Z",
			until: null,
			steps: [],
		});
	});

	test("is valid with what it offers as comments, too", async () => {
		const yaml = decisionYaml({ ...DRAFT, ids: ["CF-AAAAAAAAA2"] }).replaceAll(/^# /gm, "");
		const [resolution] = await resolutionsWith("CF-AAAAAAAAA2.yaml", yaml);

		expect(resolution).toMatchObject({
			conflict: ["CF-AAAAAAAAA2"],
			until: "2030-12-31",
			steps: [{ step: DRAFT.escalation[0], at: DRAFT.at }],
		});
	});

	test("goes into a file that is not taken", () => {
		const ids = ["CF-AAAAAAAAA2"];
		expect(decisionFile({ ids, taken: ["content/resolutions/CF-AAAAAAAAA3.yaml"] })).toBe(
			"content/resolutions/CF-AAAAAAAAA2.yaml",
		);
		const taken = ["content/resolutions/CF-AAAAAAAAA2.yml", "content/resolutions/CF-AAAAAAAAA2-2.yaml"];
		expect(decisionFile({ ids, taken })).toBe("content/resolutions/CF-AAAAAAAAA2-3.yaml");
	});

	test("as a command names every conflict of the story", () => {
		expect(decisionCommand(DRAFT.ids)).toBe(
			'npm run resolve -- CF-AAAAAAAAA2 CF-AAAAAAAAA3 --state acknowledged --reason "Why, for those who read the log later."',
		);
	});
});
