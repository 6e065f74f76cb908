// Pure. What several commands' options mean.
import { resolve } from "node:path";
import { UsageError } from "#model/problem";

/** What git would take for an address: `https://…`, `ext::…`, `git@host:…`. */
const ADDRESS = /^([a-z][a-z0-9+.-]*:\/\/|[a-z0-9+.-]+::|[^/\s]+@[^/\s]+:)/i;

/** The repository: `--repo`, else COORD_REPO, else null (what the content says). A URL is refused: nothing is fetched. */
export function repositoryPath(option: string | undefined, env: NodeJS.ProcessEnv): string | null {
	const repo = option ?? env["COORD_REPO"] ?? null;
	if (repo === null) return null;
	if (repo === "") throw new UsageError("--repo is empty", "give the folder of a git repository");
	if (ADDRESS.test(repo)) {
		throw new UsageError(
			`--repo ${repo} is an address, and the audit fetches nothing`,
			"clone it whole and give the folder",
		);
	}
	return resolve(repo);
}

/** One of `choices`, or a UsageError that lists them. */
export function oneOf<T extends string>(name: string, value: string, choices: readonly T[]): T {
	const found = choices.find((choice) => choice === value);
	if (found === undefined) throw new UsageError(`--${name} ${value} is none of ${choices.join(", ")}`);
	return found;
}

/** An instant from `--since`: a date or an ISO instant, UTC where it names no zone. */
export function sinceInstant(option: string | undefined): string | null {
	if (option === undefined) return null;
	const time = Date.parse(/T.*(Z|[+-]\d\d:\d\d)$/.test(option) || !option.includes("T") ? option : `${option}Z`);
	if (!/^\d{4}-\d{2}-\d{2}/.test(option) || Number.isNaN(time)) {
		throw new UsageError(`--since ${option} is no date`, "write it as 2025-07-31 or 2025-07-31T14:45");
	}
	return new Date(time).toISOString().replace(".000Z", "Z");
}

/** How many git processes may read at once: `1` or `2`; undefined where the option is not given. */
export function processCount(value: string | undefined): 1 | 2 | undefined {
	if (value === undefined) return undefined;
	if (value !== "1" && value !== "2") throw new UsageError(`--processes ${value} is none of 1, 2`);
	return value === "1" ? 1 : 2;
}

/** A port from 1 to 65535. */
export function portNumber(name: string, value: string): number {
	const port = Number(value);
	if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
		throw new UsageError(`--${name} ${value} is no port`, "give a number from 1 to 65535");
	}
	return port;
}
