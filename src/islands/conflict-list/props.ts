// Pure. What the build tells the filters of the log.

export interface Props {
	/** Address of the log's first page; `2/` and so on follow it. */
	readonly root: string;
	/** Which page of it this is. */
	readonly page: number;
	/** Digest of the log this page shows. */
	readonly log: string;
	/** Conflicts in the log. */
	readonly total: number;
	/** Whom a conflict can name: id and name. */
	readonly people: readonly (readonly [id: string, name: string])[];
	/** Code, title, number of conflicts; most first. */
	readonly codes: readonly (readonly [code: string, title: string, amount: number])[];
	readonly hasNobody: boolean;
}
