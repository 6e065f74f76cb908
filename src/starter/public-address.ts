// Pure. A remote's address as the public one of its pages, where it looks like one.

/** Hosts by which nobody outside finds anything. */
const PRIVATE = /(^|\.)(localhost|local|localdomain|internal|lan|intranet|corp|home|test|example|invalid)$/i;

/**
 * `https://host/owner/name` of a remote such as `git@host:owner/name.git`; null for files, hosts without a public name,
 * and ports of their own. A user's name or password in it is left out.
 */
export function publicAddress(remote: string | null): string | null {
	if (remote === null) return null;
	const [, host, path] =
		/^(?:https?|ssh|git):\/\/(?:[^/@\s]*@)?([A-Za-z0-9.-]+)\/([^\s?#]+)$/.exec(remote) ??
		/^(?:[^/@\s]+@)?([A-Za-z0-9.-]+\.[A-Za-z]+):(?!\/)([^\s?#]+)$/.exec(remote) ??
		[];
	if (host === undefined || path === undefined) return null;
	if (!host.includes(".") || /^[\d.]+$/.test(host) || PRIVATE.test(host)) return null;
	const names = path
		.replace(/\/+$/, "")
		.replace(/\.git$/, "")
		.split("/");
	const isPlain = names.length > 1 && names.every((name) => /^(?!\.+$)[A-Za-z0-9_.~+-]+$/.test(name));
	return isPlain ? `https://${host.toLowerCase()}/${names.join("/")}` : null;
}
