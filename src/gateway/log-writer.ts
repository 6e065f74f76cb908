// Pure. Events -> lines: JSON for machines that read logs, words for people at a terminal.
import { escapeJson, visible } from "#model/visible";
import type { LogFormat } from "./edge/edge-settings.ts";
import type { Log } from "./log.ts";

/**
 * A log that hands each event to `write` as one line. JSON: `time` (ISO), `level`, `event`, `message` and the event's own
 * fields. Text: the message, with its level where it is not `info`. Characters that would steer a terminal are written out.
 */
export function createLog(format: LogFormat, write: (line: string) => void, wallNow: () => number = Date.now): Log {
	if (format === "text") {
		return ({ level, message }) => write(visible(level === "info" ? message : `${level}: ${message}`));
	}
	return ({ level, event, message, fields = {} }) => {
		const own = { time: new Date(wallNow()).toISOString(), level, event, message };
		// Once more at the end, so that no field takes the place of what every line has.
		write(escapeJson(JSON.stringify({ ...own, ...fields, ...own })));
	};
}
