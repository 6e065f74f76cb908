// Edge(git). Conflict ids worked out a second way, by their definition alone, so that golden content may name them.
import { createHash } from "node:crypto";
import type { Repo } from "./make-repo.ts";

/** The id of an identity: `anchor` is empty for findings of the tree, else e-mail, author date and subject, a line each. */
function expectedId(code: string, resource: string, teams: readonly string[], anchor: string): string {
	const canonical = `{"anchor":${json(anchor)},"code":${json(code)},"resource":${json(resource)},"teams":[${teams.map(json)}],"v":1}`;
	return `CF-${base32(createHash("sha256").update(canonical).digest()).slice(0, 10)}`;
}

/** RFC 4648, by hand: five bits a letter, from the left. */
function base32(bytes: Buffer): string {
	const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
	const letters = bits.match(/.{5}/g) ?? [];
	return letters.map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five, 2)]).join("");
}

/**
 * Text with its placeholders filled in: `${step 3}` is the id of a commit, `${commit 3}` its beginning as words show it, and
 * `${CF: foreign-edit path:api/app.py team-a,team-b step 3}` the id of the conflict whose first occurrence is step 3.
 * Without teams say `-`; without a step it is a finding of the tree.
 */
export function fillIn(text: string, repo: Repo): string {
	const oid = (step: string) => repo.oids[Number(step)] as string;
	return text
		.replace(/\$\{step (\d+)\}/g, (_, step) => oid(step))
		.replace(/\$\{commit (\d+)\}/g, (_, step) => oid(step).slice(0, 9))
		.replace(/\$\{CF: (\S+) (.+?) (\S+?)(?: step (\d+))?\}/g, (_, code, resource, teams, step) => {
			// What git itself says of the commit.
			const anchor = step === undefined ? "" : repo.git("log", "-1", "--date=raw", "--format=%ae%n%ad%n%s", oid(step));
			return expectedId(code, resource, teams === "-" ? [] : teams.split(","), anchor);
		});
}

function json(text: string): string {
	return JSON.stringify(text);
}
