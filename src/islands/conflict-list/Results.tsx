// Browser view. The rows that match, fifty at a time; gravest first they stand below their level.
import { Component } from "preact";
import { counted } from "../words.ts";
import type { Found, Listing } from "./listing.ts";
import type { Stories } from "./load.ts";
import { LEVELS, type Query } from "./query.ts";
import { ResultRow } from "./ResultRow.tsx";

interface Props {
	readonly listing: Listing;
	readonly query: Query;
	readonly stories: Stories;
	readonly hrefOf: (page: number) => string;
	/** The conflict the address names. */
	readonly asked: string | null;
}

const STEP = 50;
const TITLES = { error: "Errors", warning: "Warnings", note: "Notes", closed: "Decided" } as const;
const SECTIONS = [...LEVELS, "closed"] as const;

export class Results extends Component<Props, { readonly shown: number }> {
	override state = { shown: STEP };

	private readonly more = () => this.setState(({ shown }) => ({ shown: shown + STEP }));

	override componentDidUpdate(before: Props) {
		if (before.query !== this.props.query && this.state.shown !== STEP) this.setState({ shown: STEP });
	}

	override render({ listing, query, stories, hrefOf, asked }: Props, { shown }: { shown: number }) {
		const { found } = listing;
		const place = asked === null ? -1 : found.findIndex(({ conflicts }) => conflicts.some(({ id }) => id === asked));
		const visible = found.slice(0, Math.max(shown, place + 1));
		const rest = found.length - visible.length;
		const rows = (some: readonly Found[]) =>
			some.map((one) => (
				<ResultRow key={one.conflicts[0]?.id} found={one} stories={stories} hrefOf={hrefOf} asked={asked} />
			));
		return (
			<>
				{query.sort !== "gravest" ? (
					<section class="row-section log-results" aria-label="Conflicts that match">
						{rows(visible)}
					</section>
				) : (
					SECTIONS.map((section) => {
						const all = found.filter((one) => sectionOf(one) === section);
						if (all.length === 0) return null;
						return (
							<section key={section} class="row-section log-results" aria-label={`${TITLES[section]} that match`}>
								<h2>
									{TITLES[section]} <span class="muted">{sectionWords(all)}</span>
								</h2>
								{rows(visible.filter((one) => sectionOf(one) === section))}
							</section>
						);
					})
				)}
				{rest > 0 && (
					<p>
						<button type="button" class="log-more" onClick={this.more}>
							Show {Math.min(STEP, rest)} more of {counted(rest, "further row")}
						</button>
					</p>
				)}
			</>
		);
	}
}

function sectionOf({ row }: Found): string {
	return row.isOpen ? row.level : "closed";
}

/** As above the rows of the page. */
function sectionWords(found: readonly Found[]): string {
	const conflicts = found.reduce((sum, one) => sum + one.conflicts.length, 0);
	return `${counted(conflicts, "conflict")}${found.length > 1 ? ` in ${found.length} rows` : ""}`;
}
