// Pure. Addresses of one person: as the repository's mailmap says, as GitHub writes them, or by one full name. Who shares a
// first name alone is never joined, and where anything speaks against it nobody is.
import type { Author } from "./evidence.ts";
import type { MailmapLine } from "./mailmap.ts";

/** One address of a person, and what says that it is theirs; null: it is the one that others were joined to. */
export interface Address {
	readonly email: string;
	readonly commits: number;
	readonly joinedBy: string | null;
}

export interface Person {
	/** As the newest commit of the address with most commits has it. */
	readonly name: string;
	/** Most commits first, then by address. */
	readonly addresses: readonly Address[];
	/** Commits by all addresses. */
	readonly commits: number;
}

/** Which authors are one person. Most commits first, then by address. */
export function joinPeople(authors: readonly Author[], mailmap: readonly MailmapLine[]): Person[] {
	const groups = createGroups(authors);
	joinMapped(authors, mailmap, groups.join);
	joinAccounts(authors, groups.join);
	joinNamed(authors, groups);
	const people = groups.all().map((members): Person => {
		const sorted = members.toSorted((a, b) => b.author.commits - a.author.commits || order(a.author, b.author));
		const commits = sorted.reduce((sum, { author }) => sum + author.commits, 0);
		// The reason stands with the address that was joined: the first keeps none, and gives its own to the second.
		const [first, ...more] = sorted;
		const reason = first?.joinedBy ?? null;
		const addresses = [
			...(first === undefined ? [] : [{ email: first.author.email, commits: first.author.commits, joinedBy: null }]),
			...more.map(({ author, joinedBy }) => ({
				...{ email: author.email, commits: author.commits, joinedBy: joinedBy ?? reason },
			})),
		];
		return { name: first?.author.name ?? "", addresses, commits };
	});
	return people.sort((a, b) => b.commits - a.commits || (firstOf(a) < firstOf(b) ? -1 : 1));
}

function firstOf({ addresses }: Person): string {
	return addresses[0]?.email ?? "";
}

function order(a: Author, b: Author): number {
	return a.email < b.email ? -1 : 1;
}

type Join = (a: Author, b: Author, reason: string) => void;

interface Groups {
	readonly join: Join;
	groupOf(author: Author): readonly Author[];
	all(): { author: Author; joinedBy: string | null }[][];
}

function createGroups(authors: readonly Author[]): Groups {
	const groups = new Map(authors.map((author) => [author, [author]]));
	const reasons = new Map<Author, string>();
	return {
		join(a, b, reason) {
			const [one, other] = [groups.get(a), groups.get(b)];
			if (one === undefined || other === undefined || one === other) return;
			for (const author of other) groups.set(author, one);
			one.push(...other);
			if (!reasons.has(b)) reasons.set(b, reason);
		},
		groupOf: (author) => groups.get(author) ?? [],
		all: () =>
			[...new Set(groups.values())].map((group) =>
				group.map((author) => ({ author, joinedBy: reasons.get(author) ?? null })),
			),
	};
}

function joinMapped(authors: readonly Author[], mailmap: readonly MailmapLine[], join: Join): void {
	const byEmail = new Map(authors.map((author) => [author.email, author]));
	const firstOfTarget = new Map<string, Author>();
	for (const { email, commitEmail } of mailmap) {
		const author = byEmail.get(commitEmail);
		if (author === undefined) continue;
		const target = byEmail.get(email) ?? firstOfTarget.get(email);
		if (target === undefined) firstOfTarget.set(email, author);
		else join(target, author, ".mailmap says so");
	}
}

/** `ID+login@` and `login@users.noreply.github.com`; the number is the account's, and stays when the login changes. */
const ACCOUNT = /^(?:(\d+)\+)?([a-z0-9-]+)@users\.noreply\.github\.com$/;

function accountOf({ email }: Author): { id: string | null; login: string } | null {
	const [, id, login] = ACCOUNT.exec(email) ?? [];
	return login === undefined ? null : { id: id ?? null, login };
}

function joinAccounts(authors: readonly Author[], join: Join): void {
	const accounts = authors.flatMap((author) => {
		const account = accountOf(author);
		return account === null ? [] : [{ author, ...account }];
	});
	const joinAll = (group: readonly { author: Author }[]) => {
		for (const { author } of group.slice(1))
			join((group[0] as { author: Author }).author, author, "GitHub's for one account");
	};
	const numbered = accounts.filter(({ id }) => id !== null);
	for (const group of Map.groupBy(numbered, ({ id }) => id).values()) joinAll(group);
	for (const group of Map.groupBy(accounts, ({ login }) => login).values()) {
		// A login that was given up may be another's account later.
		if (new Set(group.flatMap(({ id }) => id ?? [])).size < 2) joinAll(group);
	}
}

/** Joined where all who go by a full name can be one person: none of its addresses is of another account of GitHub. */
function joinNamed(authors: readonly Author[], { join, groupOf }: Groups): void {
	const named = new Map<string, Author[]>();
	for (const author of authors) {
		const names = new Set(author.names.map(fullName).filter((name) => name !== null));
		// An address that goes by two full names tells nothing of whose it is.
		const [name] = names;
		if (name !== undefined && names.size === 1) named.set(name, [...(named.get(name) ?? []), author]);
	}
	for (const group of named.values()) {
		const [first, ...more] = group;
		const accounts = new Set(group.flatMap((author) => accountGroup(groupOf(author))));
		if (first === undefined || accounts.size > 1) continue;
		for (const author of more) join(first, author, "the same full name");
	}
}

/** The first address of an account that a person so far has: one for all its spellings. */
function accountGroup(group: readonly Author[]): string[] {
	return group
		.filter((author) => accountOf(author) !== null)
		.map(({ email }) => email)
		.sort()
		.slice(0, 1);
}

/** What programs and forms write in place of a name, or a group's. */
const NOBODY =
	/^(your name|first last|firstname lastname|john doe|jane doe|no name|no author|not committed yet)$|(^| )(team|teams|user|users|root|admin|administrator|author|authors|maintainers|developers?|contributors?|bot|robot|test|tester|unknown|anonymous|ci|build|release|github|gitlab|actions?)( |$)/;

/**
 * A name by which two addresses may be held for one person's: two words or more of two letters or more each, compared without
 * case, accents and points; null for any other.
 */
export function fullName(name: string): string | null {
	const plain = name
		.normalize("NFKD")
		.replace(/\p{M}+/gu, "")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, " ")
		.trim();
	const words = plain.split(" ").filter((word) => /^\p{L}{2,}$/u.test(word));
	return words.length < 2 || NOBODY.test(plain) ? null : plain;
}
