// Edge(git). Puts into commits what fast-import cannot: ids of earlier commits in a message, and dates git refuses.
import { isBeyondImport, type Step } from "./import-stream.ts";

/** Runs git in the repository; `input` is what it reads. */
type Run = (args: readonly string[], input?: Buffer) => Buffer;

/**
 * The commits of the steps, made anew from the first that needs it on, with the branches moved to them. Returns the
 * ids, one a step: those given where nothing needs it.
 */
export function rewriteCommits(run: Run, steps: readonly Step[], oids: readonly string[]): string[] {
	const start = steps.findIndex(needsRewriting);
	if (start === -1) return [...oids];
	const made = new Map<string, string>();
	for (const [index, oid] of oids.entries()) {
		if (index < start) continue;
		const old = run(["cat-file", "commit", oid]).toString("latin1");
		const text = rewrite(old, steps[index] as Step, (id) => made.get(id) ?? id, oids);
		const written = run(["hash-object", "-t", "commit", "-w", "--literally", "--stdin"], Buffer.from(text, "latin1"));
		made.set(oid, written.toString("latin1").trim());
	}
	const now = (oid: string) => made.get(oid) ?? oid;
	const branches = run(["for-each-ref", "--format=%(objectname) %(refname)", "refs/heads"]).toString("latin1");
	for (const line of branches.split("\n").filter((one) => one !== "")) {
		const [oid, name] = line.split(" ") as [string, string];
		run(["update-ref", name, now(oid)]);
	}
	return oids.map(now);
}

function needsRewriting(step: Step): boolean {
	return /\$\{(step|short) \d+\}/.test(step.say) || isBeyondImport(step.at ?? "");
}

function rewrite(commit: string, step: Step, now: (oid: string) => string, oids: readonly string[]): string {
	const end = commit.indexOf("\n\n");
	const header = commit
		.slice(0, end)
		.replace(/^parent (\w+)$/gm, (_, oid) => `parent ${now(oid)}`)
		.replace(/^((?:author|committer) .*>) .*$/gm, (line, who) =>
			isBeyondImport(step.at ?? "") ? `${who} ${step.at}` : line,
		);
	const message = commit.slice(end).replace(/\$\{(step|short) (\d+)\}/g, (_, kind, number) => {
		const id = now(oids[Number(number)] as string);
		return kind === "short" ? id.slice(0, 10) : id;
	});
	return header + message;
}
