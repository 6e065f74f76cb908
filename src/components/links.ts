// Pure. Every address of the site is made here, below the base path the site is built for.

/** An absolute path of the site, e.g. `/teams/`, below the base it is served at. */
export function withBase(path: string): string {
	return `${import.meta.env.BASE_URL.replace(/\/$/, "")}${path}`;
}

export const teamHref = (id: string): string => withBase(`/teams/${id}/`);
export const contractHref = (id: string): string => withBase(`/contracts/${id}/`);
export const findingHref = (code: string): string => withBase(`/findings/${code}/`);
export const conflictPageHref = (page: number): string => withBase(page === 1 ? "/conflicts/" : `/conflicts/${page}/`);

/** Whose a path is (as it is shown), and what may be done with it. */
export const lookUpHref = (path: string): string => `${withBase("/may-i/")}?path=${encodeURIComponent(path)}`;

/** A conflict's own place: its page and its anchor. */
export function conflictHref(id: string, pages: ReadonlyMap<string, number>): string {
	return `${conflictPageHref(pages.get(id) ?? 1)}#${id}`;
}

/** Public address of a commit; null where the project names no repository, or the log is not of that one. */
export function commitHref(repositoryUrl: string | null, commit: string): string | null {
	return repositoryUrl === null ? null : `${repositoryUrl.replace(/(\.git)?\/?$/, "")}/commit/${commit}`;
}

/** The page of a file of rules (`content/ownership/team-a.yaml`), and on it the place of one of them. */
export function ruleHref(file: string, line?: number): string {
	const id = file.replace(/^content\/ownership\//, "").replace(/\.ya?ml$/, "");
	return withBase(`/ownership/${id}/${line === undefined ? "" : `#L${line}`}`);
}
