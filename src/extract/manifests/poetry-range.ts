// Pure. Poetry's way to write ranges, as PEP 440 writes them.

/** `^1.2` → `>=1.2,<2`; null where PEP 440 has no words for it (`||`). Source: https://python-poetry.org/docs/dependency-specification/ */
export function poetryRange(text: string): string | null {
	if (text.includes("|") || text.length > 200) return null;
	const parts = text.split(",").map((part) => convert(part.trim()));
	return parts.includes(null) ? null : parts.filter((part) => part !== "").join(",");
}

function convert(part: string): string | null {
	if (part === "*" || part === "") return "";
	if (/^(===?|!=|<=?|>=?|~=)/.test(part)) return part;
	const [, sign = "", version = ""] = /^([\^~]?)\s*v?(\d+(?:\.\d+)*(?:\.\*)?)$/.exec(part) ?? [];
	if (version === "") return null;
	if (sign === "") return `==${version}`;
	const numbers = version.split(".").map(Number);
	if (numbers.some(Number.isNaN)) return null;
	return `>=${version},<${sign === "^" ? afterCaret(numbers) : afterTilde(numbers)}`;
}

/** The next version in which the leftmost number that is not 0 moves. */
function afterCaret(numbers: readonly number[]): string {
	const first = numbers.findIndex((number) => number !== 0);
	const moved = first === -1 ? numbers.length - 1 : first;
	return [...numbers.slice(0, moved), (numbers[moved] as number) + 1].join(".");
}

/** `~1.2.3` and `~1.2` stay below 1.3, `~1` below 2. */
function afterTilde(numbers: readonly number[]): string {
	const moved = Math.min(1, numbers.length - 1);
	return [...numbers.slice(0, moved), (numbers[moved] as number) + 1].join(".");
}
