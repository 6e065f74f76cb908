// Pure. What is proposed, before it is text: teams, whose paths are, and the words of evidence beside each.

export interface Member {
	/** An address, or `*@domain`. */
	readonly email: string;
	/** Why it is here. */
	readonly why: string;
}

export interface ProposedTeam {
	readonly id: string;
	readonly name: string;
	/** Why there is such a team. */
	readonly why: string;
	readonly members: readonly Member[];
}

export interface ProposedRule {
	readonly pattern: string;
	readonly except: readonly string[];
	/** Team; null: shared. */
	readonly owner: string | null;
	/** What a team must do before it changes the path; only of shared ones. */
	readonly protocol: string | null;
	readonly risk: "high" | null;
	readonly why: string;
}

export interface ProposedPort {
	readonly port: number;
	readonly protocol: "tcp" | "udp";
	readonly owner: string;
	readonly purpose: string;
}

/** Something that was seen and not proposed, for a person to decide. */
export interface Remark {
	readonly about: "teams" | "ownership" | "ports";
	readonly text: string;
}

export interface Proposal {
	readonly teams: readonly ProposedTeam[];
	readonly rules: readonly ProposedRule[];
	readonly ports: readonly ProposedPort[];
	readonly remarks: readonly Remark[];
}

/** Ids that mean somebody else. */
const TAKEN = ["coordinator", "nobody", "unknown"];

/** An id of lower-case letters, digits and dashes for each name, no two the same. */
export function createIds(): (name: string) => string {
	const used = new Set(TAKEN);
	return (name) => {
		const plain = name
			.normalize("NFKD")
			.replace(/\p{M}+/gu, "")
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, "-")
			.replace(/^-+|-+$/g, "")
			.slice(0, 40)
			.replace(/-+$/, "");
		const stem = plain === "" ? "team" : plain;
		let id = stem;
		for (let number = 2; used.has(id); number++) id = `${stem}-${number}`;
		used.add(id);
		return id;
	};
}

/** Team by its id that an address belongs to; null: none. Written out addresses go before patterns such as `*@domain`. */
export function compileMembers(teams: readonly ProposedTeam[]): (email: string) => string | null {
	const all = teams.flatMap(({ id, members }) => members.map(({ email }) => ({ id, email })));
	const exact = new Map(all.map(({ id, email }) => [email, id]));
	const endings = all.filter(({ email }) => email.startsWith("*"));
	return (email) => exact.get(email) ?? endings.find((one) => email.endsWith(one.email.slice(1)))?.id ?? null;
}
