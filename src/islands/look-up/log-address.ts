// Pure. Where the conflict log lists the open conflicts of a path and no others.
import type { AskedPath } from "#rules/look-up";

/** `conflicts`: address of the log. Its filter takes a pattern of the ownership rules. */
export function logHref(conflicts: string, { path, kind }: Pick<AskedPath, "path" | "kind">): string {
	const escaped = path.replace(/[*?[\\]/g, "\\$&").replace(/ +$/, (spaces) => "\\ ".repeat(spaces.length));
	// Every path has a name.
	const pattern = path === "" ? "*" : `/${escaped}${kind === "folder" ? "/" : ""}`;
	return `${conflicts}?${new URLSearchParams({ state: "unsettled", path: pattern })}`;
}
