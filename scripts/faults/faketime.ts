// Edge(fs). A wall clock of its own for one process, by libfaketime: it can be set while the process runs.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface FakeClock {
	/** To be set for the process. Its monotonic clock stays as it is. */
	readonly env: Readonly<Record<string, string>>;
	/** Holds the offset. */
	readonly file: string;
	/** So far from the machine's own, seconds, from now on. */
	set(offsetSeconds: number): void;
	close(): void;
}

export function fakeClockMissing(): string | null {
	return libraryPath() === null ? "no libfaketime: apt-get install faketime" : null;
}

export function openFakeClock(offsetSeconds = 0): FakeClock {
	const folder = mkdtempSync(join(tmpdir(), "fake-clock-"));
	const file = join(folder, "offset");
	const set = (seconds: number) => writeFileSync(file, `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}\n`);
	set(offsetSeconds);
	return {
		file,
		env: {
			LD_PRELOAD: libraryPath() ?? "",
			FAKETIME_TIMESTAMP_FILE: file,
			FAKETIME_NO_CACHE: "1",
			FAKETIME_DONT_FAKE_MONOTONIC: "1",
			// What versions before 0.9.8 call it.
			DONT_FAKE_MONOTONIC: "1",
		},
		set,
		close: () => rmSync(folder, { recursive: true, force: true }),
	};
}

function libraryPath(): string | null {
	const root = "/usr/lib";
	if (!existsSync(root)) return null;
	const found = readdirSync(root).map((folder) => join(root, folder, "faketime/libfaketimeMT.so.1"));
	return found.find((path) => existsSync(path)) ?? null;
}
