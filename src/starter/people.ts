// Pure. Which addresses are no person's: programs, and those that several people use.
import type { Author } from "./evidence.ts";
import type { MailmapLine } from "./mailmap.ts";
import { joinPeople, type Person } from "./same-person.ts";

/** An address with what it was seen to be. */
export interface Noticed {
	readonly email: string;
	readonly reason: string;
	readonly commits: number;
}

export interface People {
	/** Authors who are neither programs nor behind an address that several use; most commits first. */
	readonly persons: readonly Person[];
	/** Whose an address is; null: a program's, or that of several. */
	personOf(email: string): Person | null;
	/** GitHub's apps as one. */
	readonly bots: readonly Noticed[];
	isBot(email: string): boolean;
	readonly shared: readonly Noticed[];
}

/** Names of programs that commit, as whole words, or `Bot` at the end of joined ones; `[bot]` is how GitHub names its apps. */
const BOT_NAME =
	/\[bot\]|(^|[\s._(-])(bot|dependabot|renovate|greenkeeper|snyk|github[ -]actions?|pre-commit-ci|semantic-release)([\s._)-]|$)/i;
const JOINED_BOT = /[a-z0-9]Bot$/;
const BOT_ADDRESS =
	/\[bot\]@|^(bot|dependabot|renovate|action|actions|github-actions|pre-commit-ci|semantic-release)(\+[^@]*)?@|[.+_-]bot@|-bot[.@]/i;

/** How GitHub writes the addresses of its apps. */
export const APPS = "*[bot]@users.noreply.github.com";

/** As many people behind an address that their names have no word in common: then it is nobody's own. */
const SHARED_BY = 3;

/** `mailmap`: what the repository says of addresses of one person. */
export function sortPeople(authors: readonly Author[], mailmap: readonly MailmapLine[] = []): People {
	const single: Author[] = [];
	const bots: Noticed[] = [];
	const shared: Noticed[] = [];
	for (const author of authors) {
		const { email, name, names, commits } = author;
		const people = countPeople(names);
		if (isBot(author)) bots.push({ email, reason: name, commits });
		else if (people >= SHARED_BY) shared.push({ email, reason: `${people} names that share no word`, commits });
		else single.push(author);
	}
	const programs = new Set(bots.map(({ email }) => email));
	const persons = joinPeople(single, mailmap);
	const owners = new Map(persons.flatMap((person) => person.addresses.map(({ email }) => [email, person] as const)));
	const personOf = (email: string) => owners.get(email) ?? null;
	return { persons, personOf, bots: joinApps(bots), isBot: (email) => programs.has(email), shared };
}

/** By address, or by the name of its newest commit. */
function isBot({ email, name }: Pick<Author, "email" | "name">): boolean {
	return BOT_ADDRESS.test(email) || BOT_NAME.test(name) || JOINED_BOT.test(name);
}

/** One line for all apps of GitHub, which anybody may add tomorrow. */
function joinApps(bots: readonly Noticed[]): Noticed[] {
	const isApp = ({ email }: Noticed) => email.endsWith(APPS.slice(1));
	const apps = bots.filter(isApp);
	if (apps.length === 0) return [...bots];
	const commits = apps.reduce((sum, one) => sum + one.commits, 0);
	return [
		{ email: APPS, reason: apps.map(({ reason }) => reason).join(", "), commits },
		...bots.filter((one) => !isApp(one)),
	];
}

/** Names that share a word are taken for one person's: `mhils`, `Maximilian Hils` are two, `M. Hils`, `Max Hils` one. */
function countPeople(names: readonly string[]): number {
	const groups: Set<string>[] = [];
	for (const name of names) {
		const words = new Set(
			name
				.toLowerCase()
				.split(/[^\p{L}\p{N}]+/u)
				.filter((word) => word.length > 1),
		);
		const known = groups.filter((group) => [...words].some((word) => group.has(word)));
		const joined = new Set([...words, ...known.flatMap((group) => [...group])]);
		for (const group of known) groups.splice(groups.indexOf(group), 1);
		groups.push(joined);
	}
	return groups.length;
}

/** Whether an address can stand in the content as a pattern that means itself. */
export function isWritable(email: string): boolean {
	return /^[\x21-\x7e]{3,320}$/.test(email) && email.includes("@") && !email.includes("*");
}

/** Hosts that give everybody an address: their domain tells nothing of who works with whom. */
const PUBLIC_HOSTS =
	/^(gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|proton|protonmail|pm|fastmail|hey|zoho|mail|yandex|qq|163|126|foxmail|sina|naver|hanmail|daum|posteo|mailbox|duck|tutanota|tuta|free|orange|laposte|wp|o2|seznam|bk|inbox|list|rambler)\.|(^|\.)(noreply\.github\.com|noreply\.gitlab\.com|localhost|local|localdomain|example|invalid|test|lan|internal)$/i;

/** The domain of an address where it tells an organisation; null where it tells nothing. */
export function organisation(email: string): string | null {
	const domain = email.slice(email.lastIndexOf("@") + 1);
	const isName = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain);
	return !isName || PUBLIC_HOSTS.test(domain) || /^\d+(\.\d+){3}$/.test(domain) ? null : domain;
}
