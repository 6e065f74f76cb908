// Edge. A repository watched as it moves: marks every second, files every few seconds, a reading by a child when either changed.
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import type { Log } from "#gateway/log";
import type { LiveRepository, RepositoryNow } from "#gateway/repository/live-repository";
import { type Location, locateRepository } from "#git/location";
import { stampRefs } from "#git/ref-stamp";
import { WorldError } from "#model/problem";
import { visible } from "#model/visible";
import { runLiveAudit } from "./child.ts";
import { stampContent } from "./content-stamp.ts";
import { type LookedWorktree, openWorktreeEyes, type WorktreeEyes } from "./look.ts";
import { placeNames, publicSentence } from "./words.ts";

export interface LiveOptions {
	readonly repo: string;
	readonly contentDir: string;
	readonly allowIncomplete: boolean;
	/** Patterns of files, in gitignore's format, that are never listed. */
	readonly excludes: string;
	readonly log: Log;
	/** For tests. */
	readonly paceMs?: Pace;
}

interface Pace {
	/** How often marks are looked at. */
	readonly marks: number;
	/** How often files are, while that is quick, and at least. */
	readonly files: number;
	readonly filesAtLeast: number;
	/** Longest that a reading may take. */
	readonly limit: number;
}

const PACE_MS: Pace = { marks: 1_000, files: 5_000, filesAtLeast: 30_000, limit: 300_000 };
/** Files are looked at so seldom that it takes no more than a twentieth of the time, as long as that is often enough. */
const FILES_SHARE = 20;
/** Longest rest after a reading, which is as long as the reading took. */
const REST_MS = 30_000;
/** A reading that failed is tried again, though nothing moved, after this. */
const AGAIN_MS = 30_000;

/** What was seen at one time; equal parts mean that nothing moved. */
interface Sight {
	/** Refs and content: what the audit follows from. */
	readonly ground: string;
	/** Files of the worktrees. */
	readonly files: string;
}

/** Starts to look at once. Nothing is thrown later: what cannot be read is told by `trouble` and the log. */
export function openLiveRepository(options: LiveOptions): LiveRepository {
	const { log, paceMs = PACE_MS } = options;
	const repo = resolve(options.repo);
	const contentDir = resolve(options.contentDir);
	const places = placeNames(contentDir, repo, tmpdir());
	const stopping = new AbortController();
	let held: { now: RepositoryNow; sight: Sight } | null = null;
	let failed: { sight: Sight; at: number } | null = null;
	let trouble: string | null = null;
	/** When it was last seen that `held` is as the repository is. Files are looked at more seldom than marks: theirs decides. */
	let seenAt: number | null = null;
	let filesSeenAt = 0;
	let eyes: { of: string; eyes: WorktreeEyes } | null = null;
	let looked: readonly LookedWorktree[] = [];
	/** What the last look at files was made of, when the next is due, and how long a reading took. */
	let glance = "";
	let lookDueAt = 0;
	let restUntil = 0;
	/** What the last reading said beside its document. */
	let remark = "";

	const isHeld = (sight: Sight) => held !== null && isSame(held.sight, sight);
	const eyesOf = async (location: Location): Promise<WorktreeEyes> => {
		if (eyes?.of === location.commonDir) return eyes.eyes;
		await eyes?.eyes.close();
		eyes = { of: location.commonDir, eyes: openWorktreeEyes(location, options.excludes) };
		return eyes.eyes;
	};
	const say = (next: string | null, words: string) => {
		if (next === trouble) return;
		trouble = next;
		const level = next === null ? "info" : "warn";
		log({
			level,
			event: "git",
			message: next === null ? "the repository is read again" : `repository: ${oneLine(words)}`,
		});
	};

	async function see(): Promise<{ sight: Sight; at: number }> {
		const at = performance.now();
		// Located anew each time: the folder may be another repository by now, and a shallow one may be whole.
		const location = await locateRepository(repo);
		const refs = await stampRefs(location);
		const ground = `${location.gitDir} ${refs} ${await stampContent(contentDir)}`;
		const worktrees = await eyesOf(location);
		const seen = `${location.gitDir} ${refs} ${await worktrees.glance()}`;
		if (seen !== glance || at >= lookDueAt) {
			looked = await worktrees.look(refs);
			glance = seen;
			const tookMs = performance.now() - at;
			lookDueAt = at + Math.min(Math.max(paceMs.files, FILES_SHARE * tookMs), paceMs.filesAtLeast);
			filesSeenAt = at;
		}
		return { sight: { ground, files: looked.map(({ stamp }) => stamp).join(" ") }, at };
	}

	async function read(sight: Sight): Promise<void> {
		const isGroundSame = held?.sight.ground === sight.ground;
		const known = held !== null && isGroundSame ? held.now.log.conflicts : null;
		const start = performance.now();
		const answer = await runLiveAudit({
			contentDir,
			repo,
			allowIncomplete: options.allowIncomplete,
			seen: { worktrees: looked, known },
			limitMs: paceMs.limit,
			signal: stopping.signal,
		});
		const tookMs = performance.now() - start;
		// While refs move all the time, as in a rebase, half of the time is left to others.
		restUntil = performance.now() + Math.min(tookMs, REST_MS);
		if (stopping.signal.aborted) return;
		if (!answer.isOk) {
			failed = { sight, at: performance.now() };
			say(publicSentence(answer.words, places), answer.words);
			return;
		}
		if (answer.words !== remark) {
			remark = answer.words;
			if (remark !== "") log({ level: "warn", event: "git", message: `repository: ${oneLine(remark)}` });
		}
		const said = answer.document as RepositoryNow;
		held = { now: held !== null && isGroundSame ? { ...held.now, worktrees: said.worktrees } : said, sight };
		failed = null;
		say(null, "");
		if (isGroundSame) return;
		const fields = { ms: Math.round(tookMs), head: held.now.activity.head.slice(0, 10) };
		log({ level: "info", event: "git", message: `repository read at ${fields.head} in ${fields.ms} ms`, fields });
	}

	async function tick(): Promise<void> {
		try {
			const { sight, at } = await see();
			if (!isHeld(sight)) {
				const isTried = failed !== null && isSame(failed.sight, sight) && at < failed.at + AGAIN_MS;
				if (!isTried && at >= restUntil) await read(sight);
			}
			if (!isHeld(sight)) return;
			failed = null;
			seenAt = filesSeenAt;
			say(null, "");
		} catch (error) {
			const words = (error as Error).message;
			say(publicSentence(words, places), error instanceof WorldError ? words : ((error as Error).stack ?? words));
		}
	}

	const watching = (async () => {
		while (!stopping.signal.aborted) {
			await tick();
			await pause(paceMs.marks, stopping.signal);
		}
	})();

	return {
		now: () => held?.now ?? null,
		ageMs: () => (seenAt === null ? null : Math.max(0, performance.now() - seenAt)),
		trouble: () => trouble,
		async close() {
			stopping.abort();
			await watching;
			await eyes?.eyes.close();
		},
	};
}

/** For the operator: whole, with its places, in one line. */
function oneLine(words: string): string {
	return visible(words.trim().replace(/\s*\n\s*/g, "; "));
}

function isSame(one: Sight, other: Sight): boolean {
	return one.ground === other.ground && one.files === other.files;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((done) => {
		if (signal.aborted) return done();
		const end = () => {
			clearTimeout(timer);
			signal.removeEventListener("abort", end);
			done();
		};
		const timer = setTimeout(end, ms);
		signal.addEventListener("abort", end);
	});
}
