// The product's commands that read a repository.
import { join } from "node:path";
import type { Asked } from "#test/hostile-runner";

const root = join(import.meta.dirname, "../..");

export interface ProductCommand {
	readonly name: string;
	readonly ask: (repo: string, content: string) => Asked;
}

const command = (name: string, script: string, ...args: readonly string[]): ProductCommand => ({
	name,
	ask: (repo, content) => ({
		script: join(root, "scripts", script),
		args: ["--repo", repo, "--content", content, ...args],
	}),
});

const refs = ["main", "HEAD~3", "refs/heads/team-b/deps"].flatMap((ref) => ["--ref", ref]);

/** Each over the same repository; together they ask git everything that any command asks. */
export const commands: readonly ProductCommand[] = [
	command("audit", "audit.ts", "--format", "json", "--out", "-", "--no-cache", "--processes", "2", ...refs),
	command("check what is staged", "check.ts", "--team", "team-b"),
	command("check a range", "check.ts", "--range", "team-a/deps...team-b/deps", "--fail-on", "note"),
	command("who", "who.ts", "--json", "a/api.py", "deps.toml"),
	command("what the gateway asks", "live-audit.ts"),
];

/** The same questions with other options: they must ask git nothing that the commands above do not ask. */
export const variants: readonly ProductCommand[] = [
	command("audit as text", "audit.ts", "--out", "-", "--since", "2025-07-01", "--processes", "1"),
	command("audit from the cache", "audit.ts", "--out", "-"),
	command("audit of what is there", "audit.ts", "--out", "-", "--no-cache", "--allow-incomplete", ...refs),
	command("check as text", "check.ts", "--staged", "--coordinated-by", "desk"),
	command("check commits", "check.ts", "--range", "HEAD~9..HEAD"),
	command("who as text", "who.ts", "nothing/here"),
];

/** Makes the sample repository where there is none, and audits it. */
export const sampleCommand: ProductCommand = {
	name: "audit of the sample",
	ask: (_repo, content) => ({
		script: join(root, "scripts/audit.ts"),
		args: ["--content", content, "--format", "json", "--out", "-"],
	}),
};
