// Pure. Numbers, names and dates of pictures in words.

/** `1 commit`, `2 commits`, `1,204 commits`. */
export function counted(amount: number, one: string, many = `${one}s`): string {
	return `${amount.toLocaleString("en")} ${amount === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
	return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** At most `length` characters, the last an ellipsis where some are left out. */
export function shortened(text: string, length: number): string {
	const chars = Array.from(text);
	return chars.length <= length
		? text
		: `${chars
				.slice(0, length - 1)
				.join("")
				.trimEnd()}…`;
}

/** `21 Jul`, and `21 Jul 2025` with the year. */
export function dayWords(date: Date, withYear = false): string {
	const month = date.toLocaleString("en-GB", { month: "short", timeZone: "UTC" }).slice(0, 3);
	const words = `${date.getUTCDate()} ${month}`;
	return withYear ? `${words} ${date.getUTCFullYear()}` : words;
}

/**
 * One or two letters for each name: the initials of its first two words, without a first word that all share. Those that
 * would be the same are numbered.
 */
export function initials(names: readonly string[]): string[] {
	const words = names.map((name) => name.split(/[\s_-]+/).filter((word) => word !== ""));
	const [first] = words;
	const isShared = words.length > 1 && words.every((one) => one.length > 1 && one[0] === first?.[0]);
	const short = words.map((one) =>
		(isShared ? one.slice(1) : one)
			.slice(0, 2)
			.map((word) => Array.from(word)[0]?.toLocaleUpperCase("en") ?? "")
			.join(""),
	);
	return short.map((letters, index) => {
		const isAlone = short.filter((other) => other === letters).length === 1;
		return isAlone && letters !== "" ? letters : `${letters}${index + 1}`;
	});
}

/** `40 min`, `2 h`, `3 days`: whole units that have passed. */
export function spanWords(ms: number): string {
	const minutes = Math.floor(ms / 60_000);
	if (minutes < 60) return `${minutes} min`;
	const hours = Math.floor(minutes / 60);
	return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
