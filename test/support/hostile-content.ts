// Edge(fs). A content folder in which every free text is hostile, for a repository made by hostileSteps.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a text would do if a page took it for more than text: leave this mark in the page's global object. */
const MARK = "globalThis.hacked=1";

/** Texts that a person could type into a form: each tries another way out of where it is put. */
export const contentTexts: readonly string[] = [
	`<script>${MARK}</script>`,
	`"><img src=x onerror=${MARK}>`,
	`' autofocus onfocus='${MARK}`,
	`</script><script>${MARK}</script>`,
	`</style><script>${MARK}</script>`,
	`</title></textarea></template><svg onload=${MARK}>`,
	`--><script>${MARK}</script>`,
	`{{constructor.constructor('${MARK}')()}}`,
	`\${${MARK}} {${MARK}} #{${MARK}}`,
	`[x](javascript:${MARK})`,
	`javascript:${MARK}`,
	"\u202Egnp.exe\u202C and \u2066back\u2069",
	"a\u200Bb\uFEFFc\u00ADd\u2028e",
	"\u001B[31mred\u001B[0m \u0007bell",
	"null",
	"undefined [object Object] NaN",
	"](https://evil.example) ![x](https://evil.example/x.png) <https://evil.example>",
	// A browser takes seconds to lay out a word of ten thousand letters: there is one, in one note.
	"W".repeat(600),
	"&lt;b&gt; &amp;amp; &#60;script&#62;",
];

/** Patterns that say the same as far as a pattern may. */
const patterns = contentTexts.map(
	(text) =>
		text
			.replace(/[[\]\\!#]|\p{Cc}|\p{Zl}/gu, "")
			.trim()
			.slice(0, 900) || "x",
);

/**
 * Writes the folder. `team-0` is whom the commits of hostileSteps belong to, `team-1` whose files they change.
 * `decided`: conflicts that a hostile decision is written about.
 */
export function writeHostileContent(dir: string, decided: readonly string[] = []): void {
	// JSON is YAML.
	const write = (file: string, value: unknown) => {
		mkdirSync(dirname(join(dir, file)), { recursive: true });
		writeFileSync(join(dir, file), typeof value === "string" ? value : JSON.stringify(value));
	};
	const text = (index: number) => contentTexts[index % contentTexts.length] as string;
	write("project.yaml", {
		name: text(0),
		description: text(1),
		updatedAt: "2025-07-31",
		coordinator: { name: text(2), identities: { emails: ["desk@mlx.example"], trailers: [text(1)] } },
		repository: { url: "https://code.example/%22onmouseover=hacked%3E/r" },
		syncPoints: [{ name: text(4), purpose: text(5) }],
		escalation: contentTexts,
	});
	contentTexts.forEach((one, index) => {
		const next = text(index + 1);
		write(`teams/team-${index}.yaml`, {
			name: one,
			title: next,
			focus: next,
			aliases: [`${index} ${next}`],
			identities:
				index === 0
					? { emails: ["*@training.mlx.example"], branches: ["team-b/**"] }
					: { emails: [`${index}@x.example`] },
			keyFiles: [{ pattern: patterns[index], note: one }],
			critical: [{ pattern: patterns[index], note: one }],
			monitors: [{ pattern: patterns[index], note: one }],
			highlights: [one],
			status: {
				state: "active",
				workingOn: one,
				lastActivityAt: "2025-07-31T14:45",
				recentFiles: [one],
				blockedBy: [one],
				note: index === 0 ? "W".repeat(10_000) : one,
				details: [{ label: one, items: [next] }],
			},
		});
		const own = index === 1 ? [{ pattern: "distributed_api.py", note: one }] : [];
		write(`ownership/team-${index}.yaml`, {
			owner: `team-${index}`,
			mode: "exclusive",
			rules: [
				...own,
				{ pattern: `own-${index}/${patterns[index]}`, except: [`own-${index}/${patterns[index]}/x`], note: one },
			],
		});
		write(`contracts/contract-${index}.yaml`, {
			from: `team-${index}`,
			to: index === 0 ? "team-1" : "team-0",
			title: one,
			symbol: one,
			note: one,
			members: [{ name: one, parameters: [one, next], returns: one }],
		});
		write(`namespaces/space-${index}.yaml`, {
			key: `${index} ${one}`,
			owner: `team-${index}`,
			description: one,
			children: [{ key: one, owner: "team-0", description: one }],
		});
		write(`schedule/${index}.yaml`, {
			title: one,
			from: "2025-07-01",
			to: "2025-07-31",
			teams: ["team-0"],
			goals: [one],
		});
		write(`claims/claim-${index}.yaml`, {
			resource: `path:own-${index}/${patterns[index]}`,
			team: `team-${index}`,
			agreedBy: one,
			from: "2025-07-01",
			until: "2025-08-01",
			reason: one,
		});
		write(
			`notes/note-${index}.md`,
			`---\n${JSON.stringify({ title: one, at: "2025-07-31", by: one })}\n---\n\nA note.\n`,
		);
	});
	write("ownership/shared.yaml", {
		mode: "shared",
		protocol: contentTexts,
		rules: contentTexts.map((one, index) => ({ pattern: `shared-${index}`, risk: "high", protocol: one, note: one })),
	});
	write(
		"ports.yaml",
		contentTexts.map((one, index) => ({ port: 8_000 + index, owner: `team-${index}`, purpose: one })),
	);
	decided.forEach((conflict, index) => {
		const one = text(index);
		const steps = [{ step: one, at: "2025-07-31" }];
		write(`resolutions/${index}.yaml`, {
			conflict,
			state: "acknowledged",
			by: one,
			at: "2025-07-31",
			reason: one,
			steps,
		});
	});
}
