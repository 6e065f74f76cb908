// Pure. Resolves the dates of entries to UTC and complains of those that are in no calendar or out of order.
import type { Problem } from "#model/problem";
import { type Entry, type FieldPath, problemAt } from "./entry.ts";
import { resolveDate } from "./zone.ts";

/** Reads dates in one zone and keeps the problems it met. */
export class DateReader {
	readonly problems: Problem[] = [];
	readonly #timezone: string;

	constructor(timezone: string) {
		this.#timezone = timezone;
	}

	/** The instant in UTC; a bare day is its first moment, or with "end" the first of the next day. */
	read(entry: Entry<unknown>, path: FieldPath, date: string, edge: "start" | "end" = "start"): string {
		const resolved = resolveDate(date, this.#timezone, edge);
		if ("at" in resolved) return resolved.at;
		this.problems.push(problemAt(entry, path, resolved.wrong, "Check day, month and hour."));
		// Never seen: a catalog with problems is not handed out.
		return date;
	}

	/** As `read`, null for null. */
	readNullable(
		entry: Entry<unknown>,
		path: FieldPath,
		date: string | null,
		edge: "start" | "end" = "start",
	): string | null {
		return date === null ? null : this.read(entry, path, date, edge);
	}

	/** Complains at `path` unless `first` lies before `second`; both as `read` gave them, null is no limit. */
	expectOrder(
		entry: Entry<unknown>,
		path: FieldPath,
		first: string | null,
		second: string | null,
		message: string,
	): void {
		if (first === null || second === null || first < second) return;
		this.problems.push(problemAt(entry, path, message, "Swap the two dates, or correct one."));
	}
}
