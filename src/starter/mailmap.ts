// Pure. A `.mailmap` as data: which addresses its repository says are one person's. git itself is never asked, since its
// configuration could name another file. Source: git-scm.com/docs/gitmailmap.

/** One line that says of an address whose it is, both in lower case. */
export interface MailmapLine {
	/** The address that is said to be right. */
	readonly email: string;
	/** The one that commits have. */
	readonly commitEmail: string;
}

const LINE = /^[^<>#]*<([^<>]+)>\s*<([^<>]+)>\s*(?:#.*)?$/;

/**
 * The lines that lead one address to another. Those that only correct a name are left out, and those that ask for the
 * commit's name too: the address alone does not tell whose it is, and content knows addresses alone.
 */
export function parseMailmap(text: string): MailmapLine[] {
	return text.split(/\r?\n/).flatMap((line): MailmapLine[] => {
		const [, email, commitEmail] = LINE.exec(line) ?? [];
		if (email === undefined || commitEmail === undefined) return [];
		return [{ email: email.trim().toLowerCase(), commitEmail: commitEmail.trim().toLowerCase() }];
	});
}
