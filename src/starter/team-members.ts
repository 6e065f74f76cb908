// Pure. The addresses by which a team's people are known, each with its reason.
import { visible } from "#model/visible";
import { isWritable } from "./people.ts";
import type { Member } from "./proposal.ts";
import type { Person } from "./same-person.ts";

/** All addresses of a person that can be written; `why` stands with the first, beside the others what joins them to it. */
export function membersOf({ name, addresses }: Person, why: string): Member[] {
	return addresses
		.filter(({ email }) => isWritable(email))
		.map(({ email, joinedBy }) => ({ email, why: `${visible(name)}: ${joinedBy ?? why}` }));
}
