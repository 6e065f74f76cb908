// Browser view. The log filtered, searched and sorted: its address says what is asked, its index is loaded once something is.
import { Component } from "preact";
import { serveCopies } from "../copies.ts";
import { Controls } from "./Controls.tsx";
import "./conflict-list.css";
import { type Listing, list, type Part, without } from "./listing.ts";
import { createStories, type LoadedIndex, loadIndex, type Stories } from "./load.ts";
import { Failed, Notices } from "./Notices.tsx";
import { askedConflict, isConflictId, openConflict, showBuiltRows, tellAges } from "./page.ts";
import type { Props } from "./props.ts";
import { asksSomething, EVERYTHING, type Ignored, NOBODY, type Query, readQuery, writeQuery } from "./query.ts";
import { Results } from "./Results.tsx";
import { Summary } from "./Summary.tsx";

/** Typing goes on if the next letter comes within this. */
const PAUSE_MS = 120;

interface State {
	readonly query: Query;
	/** What the rows answer: `query`, or while it is being typed, the one before. */
	readonly answered: Query;
	readonly ignored: readonly Ignored[];
	readonly index: LoadedIndex | null;
	/** Why the index could not be loaded. */
	readonly failed: string | null;
	/** The conflict the address names, where this page has no place for it. */
	readonly asked: string | null;
}

export default class ConflictList extends Component<Props, State> {
	override state: State = {
		query: EVERYTHING,
		answered: EVERYTHING,
		ignored: [],
		index: null,
		failed: null,
		asked: null,
	};
	private stories: Stories | null = null;
	private ownPath = "";
	/** The index is on its way: asked for once, so that no later answer can take an earlier one back. */
	private isLoading = false;
	/** The field that is being typed in: its letters are one step of the history, not many. */
	private typedIn: keyof Query | null = null;
	private pause: ReturnType<typeof setTimeout> | undefined;
	private stop: (() => void)[] = [];
	private answer: { index: LoadedIndex; query: Query; listing: Listing } | null = null;

	override componentDidMount() {
		const { page } = this.props;
		this.ownPath = location.pathname;
		this.stories = createStories(page, this.hrefOf);
		this.listen(window, "popstate", () => this.follow());
		this.listen(window, "hashchange", () => this.follow());
		this.listen(document, "click", (event) => this.takeLink(event as MouseEvent));
		this.stop.push(serveCopies(() => new Date()));
		tellAges(Date.now());
		this.follow();
	}

	override componentWillUnmount() {
		clearTimeout(this.pause);
		for (const stop of this.stop) stop();
	}

	private listen(target: EventTarget, type: string, hear: (event: Event) => void) {
		target.addEventListener(type, hear);
		this.stop.push(() => target.removeEventListener(type, hear));
	}

	private readonly hrefOf = (page: number): string => (page === 1 ? this.props.root : `${this.props.root}${page}/`);

	/** Does what the address says. */
	private follow() {
		const { people, codes } = this.props;
		const known = { people: people.map(([id]) => id), codes: codes.map(([code]) => code) };
		const { query, ignored } = readQuery(location.search, known);
		this.typedIn = null;
		this.show(query, ignored, askedConflict(location.hash));
	}

	private show(query: Query, ignored: readonly Ignored[], asked: string | null) {
		clearTimeout(this.pause);
		const isFiltered = asksSomething(query);
		const isHere = !isFiltered && asked !== null && openConflict(asked);
		this.setState({ query, answered: query, ignored, asked: isHere ? null : asked }, () => {
			this.settle();
			if (isFiltered || (asked !== null && !isHere && isConflictId(asked))) this.load();
		});
	}

	/** The built rows give way once there is something to show in their place, not before. */
	private settle() {
		const { answered: query, index, asked } = this.state;
		const isFiltered = asksSomething(query);
		showBuiltRows(!isFiltered || index === null);
		if (isFiltered || asked === null || index === null) return;
		const row = index.rows.find(({ entries }) => entries.some(({ id }) => id === asked));
		if (row !== undefined && row.page !== this.props.page) location.replace(`${this.hrefOf(row.page)}#${asked}`);
	}

	private readonly load = () => {
		if (this.state.index !== null) return this.settle();
		if (this.isLoading) return;
		this.isLoading = true;
		this.setState({ failed: null });
		loadIndex(`${this.props.root}index.json`)
			.then(
				(index) => this.setState({ index }, () => this.settle()),
				(error: Error) => this.setState({ failed: error.message }),
			)
			.finally(() => {
				this.isLoading = false;
			});
	};

	/** A change by the reader: seen at once, and a step back in the history. */
	private readonly change = (change: Partial<Query>, typedIn: keyof Query | null = null) => {
		const query = { ...this.state.query, ...change };
		const search = writeQuery(query);
		const address = search === "" ? this.ownPath : `${this.props.root}${search}`;
		if (typedIn !== null && typedIn === this.typedIn) history.replaceState(null, "", address);
		else history.pushState(null, "", address);
		this.typedIn = typedIn;
		if (typedIn === null) return this.show(query, [], null);
		clearTimeout(this.pause);
		this.setState({ query });
		this.pause = setTimeout(() => this.show(query, [], null), PAUSE_MS);
	};

	private readonly drop = (part: Part) => this.change(without(this.state.query, part));

	/** Plain links of the page that say by `data-filter` what they mean here. */
	private takeLink(event: MouseEvent) {
		const link = (event.target as Element | null)?.closest<HTMLAnchorElement>("a[data-filter]");
		if (link == null || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
		event.preventDefault();
		const { people, codes } = this.props;
		const known = { people: people.map(([id]) => id), codes: codes.map(([code]) => code) };
		this.change(readQuery(link.dataset["filter"] ?? "", known).query);
	}

	private listing(index: LoadedIndex, query: Query): Listing {
		if (this.answer?.index !== index || this.answer.query !== query) {
			this.answer = { index, query, listing: list(index.rows, query) };
		}
		return this.answer.listing;
	}

	override render(
		{ people, codes, total, hasNobody, log }: Props,
		{ query, answered, ignored, index, failed, asked }: State,
	) {
		const isFiltered = asksSomething(answered);
		const listing = isFiltered && index !== null ? this.listing(index, answered) : null;
		const names = {
			nameOf: (id: string) => (id === NOBODY ? "no team named" : (people.find(([one]) => one === id)?.[1] ?? id)),
			titleOf: (code: string) => codes.find(([one]) => one === code)?.[1] ?? code,
		};
		return (
			<div class="log-list">
				{total > 0 && (
					<Controls query={query} people={people} codes={codes} hasNobody={hasNobody} onChange={this.change} />
				)}
				<Notices
					ignored={ignored}
					asked={asked}
					index={index}
					isOtherLog={index !== null && index.log !== log}
					isFiltered={isFiltered}
					isListed={listing?.found.some(({ conflicts }) => conflicts.some(({ id }) => id === asked)) ?? false}
					onShow={(id) => location.assign(`${this.ownPath}#${id}`)}
				/>
				<Failed reason={failed} isFiltered={isFiltered} asked={asked} onRetry={this.load} />
				<Summary
					query={answered}
					listing={listing}
					isLoading={isFiltered && index === null && failed === null}
					total={total}
					names={names}
					rows={index?.rows ?? []}
					onDrop={this.drop}
					onClear={() => this.change(EVERYTHING)}
				/>
				{listing !== null && this.stories !== null && (
					<Results listing={listing} query={answered} stories={this.stories} hrefOf={this.hrefOf} asked={asked} />
				)}
			</div>
		);
	}
}
