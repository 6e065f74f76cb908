// Pure. The hooks that `npm run hooks` writes: plain sh, every path absolute and quoted.
import { shellQuote } from "./shell.ts";

export const HOOK_NAMES = ["pre-commit", "prepare-commit-msg", "commit-msg"] as const;
export type HookName = (typeof HOOK_NAMES)[number];

export interface HookSettings {
	/** The Node that runs the check. */
	readonly node: string;
	/** scripts/check.ts of the product. */
	readonly check: string;
	/** Where that Node keeps what it compiled. */
	readonly compileCache: string;
	/** The content folder. */
	readonly content: string;
	/** Keys of the trailers that name the team and who agreed. */
	readonly trailer: string;
	readonly coordinationTrailer: string;
}

/** The second line of every hook of ours, and of no other. */
const MARK = "# coordination-hook: `npm run hooks` writes, updates and removes this file; changes by hand are lost.";

/** Whether a hook's text is one that this product wrote, in whatever version. */
export function isOurs(text: string): boolean {
	return text.split("\n", 2)[1]?.startsWith("# coordination-hook:") ?? false;
}

export function hookText(name: HookName, settings: HookSettings): string {
	const body = name === "pre-commit" ? checkBody(settings) : messageBody(name, settings);
	return `#!/bin/sh\n${MARK}\n[ "\${COORD_HOOKS:-}" = off ] && exit 0\n${body}`;
}

/** The line that does what our hook does, for a hook that is somebody else's. */
export function lineByHand(name: HookName, settings: HookSettings): string {
	if (name === "pre-commit") return `${command(settings)} || exit 1`;
	// Outside of any repository, as in our hooks: nothing that one configures for trailers runs.
	const alone =
		"GIT_CONFIG_PARAMETERS= GIT_CONFIG_COUNT= GIT_DIR=/dev/null GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1";
	const add = `${alone} git interpret-trailers --in-place --no-divider --if-exists doNothing --trailer ${shellQuote(settings.trailer)}": $COORD_TEAM" "$1"`;
	return `[ -z "\${COORD_TEAM:-}" ] || ${add}`;
}

function command({ node, check, content }: HookSettings): string {
	return `${shellQuote(node)} ${shellQuote(check)} --repo "\${GIT_DIR:-.}" --content ${shellQuote(content)}`;
}

/** A check that cannot run must not pass in silence. */
function checkBody(settings: HookSettings): string {
	return `refuse() {
	printf 'coordination: %s, so nothing was committed; COORD_HOOKS=off commits without the check\\n' "$1" >&2
	exit 1
}
[ -x ${shellQuote(settings.node)} ] || refuse ${shellQuote(`the check cannot run: ${settings.node} is gone`)}
[ -f ${shellQuote(settings.check)} ] || refuse ${shellQuote(`the check cannot run: ${settings.check} is gone`)}
NODE_COMPILE_CACHE=${shellQuote(settings.compileCache)} ${command(settings)}
code=$?
[ "$code" -le 1 ] || refuse "the check could not judge this commit"
exit "$code"
`;
}

/**
 * An empty message stays empty, so that a commit is still called off by leaving the editor; what is typed there gets its
 * trailers when it is done. git adds them outside of any repository: nothing that one configures for trailers runs.
 */
function messageBody(name: HookName, { trailer, coordinationTrailer }: HookSettings): string {
	const say =
		name === "commit-msg"
			? ""
			: `if [ -z "\${COORD_TEAM:-}" ] && ! alone interpret-trailers --parse --no-divider "$message" | grep -qi ${shellQuote(`^${trailer}:`)}; then
	printf 'coordination: COORD_TEAM is not set, so no %s: trailer was added\\n' ${shellQuote(trailer)} >&2
fi
`;
	return `message=$1
git_dir=$(git rev-parse --git-dir) || exit 1
# Commits that are replayed keep what they say of themselves.
for state in rebase-merge rebase-apply CHERRY_PICK_HEAD; do
	[ -e "$git_dir/$state" ] && exit 0
done
comment=$(git config --get core.commentString || git config --get core.commentChar || echo '#')
[ "$comment" = auto ] && comment='#'
alone() {
	(
		unset GIT_CONFIG_PARAMETERS GIT_CONFIG_COUNT
		GIT_DIR=/dev/null GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 \\
			git -c core.commentString="$comment" -c core.commentChar="$comment" "$@"
	)
}
${say}[ -n "$(sed '/^. -* >8 -*$/,$d' "$message" | alone stripspace --strip-comments)" ] || exit 0
add() {
	value=$(printf %s "$2" | tr -d '\\r\\n')
	[ -z "$value" ] && return
	alone interpret-trailers --in-place --no-divider --if-exists doNothing --trailer "$1: $value" "$message" || exit 1
}
add ${shellQuote(trailer)} "\${COORD_TEAM:-}"
add ${shellQuote(coordinationTrailer)} "\${COORD_COORDINATED_BY:-}"
`;
}
