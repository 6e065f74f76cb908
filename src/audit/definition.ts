// Pure. One definition of a promised symbol, ready to be held beside each promised member.
import type { ContractMember } from "#model/contract";
import type { RawPath } from "#model/history";
import type { MemberPlace } from "#model/reality";

export interface Definition {
	readonly path: RawPath;
	readonly line: number;
	/** Whether it is a module: of these any number may bear one name and be no copies. */
	readonly isModule?: true;
	readonly judge: (member: ContractMember) => JudgedPlace;
}

/** A member in one place; its path is raw. */
export type JudgedPlace = Omit<MemberPlace, "last" | "broke">;
