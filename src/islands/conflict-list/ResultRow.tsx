// Browser view. One row of the answer; its story is taken from the page that was built with it, when it is opened.
import { Component, createRef } from "preact";
import { visible } from "#model/visible";
import { Breakable } from "../breakable.tsx";
import { counted } from "../words.ts";
import { type ListedConflict, resourceName } from "./index-file.ts";
import type { Found } from "./listing.ts";
import type { Stories } from "./load.ts";
import type { Level, State } from "./query.ts";
import { LEVEL_WORDS, STATE_WORDS, seenWords } from "./words.ts";

interface Props {
	readonly found: Found;
	readonly stories: Stories;
	readonly hrefOf: (page: number) => string;
	readonly asked: string | null;
}

interface RowState {
	readonly failed: string | null;
	readonly isThere: boolean;
	/** Conflicts of the row that do not match are shown too. */
	readonly isWhole: boolean;
}

const SHOWN = 3;

export class ResultRow extends Component<Props, RowState> {
	override state: RowState = { failed: null, isThere: false, isWhole: false };
	private readonly row = createRef<HTMLDetailsElement>();
	private readonly body = createRef<HTMLDivElement>();
	private isMounted = false;

	override componentDidMount() {
		this.isMounted = true;
		this.openAsked();
	}

	override componentDidUpdate(before: Props) {
		if (before.asked !== this.props.asked) this.openAsked();
		this.hideOthers();
	}

	override componentWillUnmount() {
		this.isMounted = false;
	}

	private openAsked() {
		const { asked, found } = this.props;
		if (found.conflicts.some(({ id }) => id === asked) && this.row.current !== null) this.row.current.open = true;
	}

	private readonly open = () => {
		const { row } = this.props.found;
		const [first] = row.entries;
		if (this.row.current?.open !== true || this.state.isThere || first === undefined) return;
		this.setState({ failed: null });
		this.props.stories.read(row.page, first.id).then(
			(nodes) => {
				if (!this.isMounted || this.state.isThere) return;
				this.body.current?.replaceChildren(nodes);
				this.setState({ isThere: true }, () => this.bringAskedIntoView());
			},
			(error: Error) => this.isMounted && this.setState({ failed: error.message }),
		);
	};

	private storyOf(id: string): HTMLElement | null {
		return this.body.current?.querySelector<HTMLElement>(`.story[data-id="${id}"]`) ?? null;
	}

	private bringAskedIntoView() {
		const { asked, found } = this.props;
		if (asked === null || !found.conflicts.some(({ id }) => id === asked)) return;
		const story = this.storyOf(asked);
		story?.classList.add("is-asked");
		story?.scrollIntoView({ block: "start" });
	}

	private hideOthers() {
		const { row, conflicts } = this.props.found;
		const matching = new Set(conflicts);
		for (const entry of row.entries) {
			const story = this.storyOf(entry.id);
			if (story !== null) story.hidden = !this.state.isWhole && !matching.has(entry);
		}
	}

	override render({ found: { row, conflicts }, hrefOf }: Props, { failed, isThere, isWhole }: RowState) {
		const level = row.level as Level;
		const others = row.entries.length - conflicts.length;
		const states = [...new Set(conflicts.map(({ state }) => state))].filter((state) => state !== "open");
		const [first] = row.entries;
		return (
			<details class="conflict" ref={this.row} onToggle={this.open}>
				<summary>
					<span class={`conflict-level level level-${level}`}>
						<span class="log-shape" data-level={level} aria-hidden="true" />
						<span class="sr-only">{LEVEL_WORDS[level].one}</span>
					</span>
					<span class="conflict-what">
						<b>{row.title}</b>
						{row.who.map((who) => (
							<span key={who}>{who}</span>
						))}
					</span>
					<Which conflicts={conflicts} others={others} />
					<span class="conflict-when">
						{states.map((state) => (
							<span key={state} class="state">
								{STATE_WORDS[state as State]}
							</span>
						))}
						{row.commits > 1
							? counted(row.commits, "commit")
							: row.commit !== null && <code class="oid">{row.commit}</code>}
						<span>{seenWords(conflicts)}</span>
					</span>
					{row.hint !== null && level === "error" && row.isOpen && <span class="conflict-do">{visible(row.hint)}</span>}
				</summary>
				{!isThere && (
					<p class="log-loading">
						{failed === null ? "Loading the story …" : `The story could not be loaded: ${failed}. `}
						{failed !== null && (
							<button type="button" onClick={this.open}>
								Try again
							</button>
						)}{" "}
						{first !== undefined && <a href={`${hrefOf(row.page)}#${first.id}`}>On its own page</a>}
					</p>
				)}
				<div class="conflict-body" ref={this.body} hidden={!isThere} />
				{isThere && others > 0 && (
					<p class="log-others">
						<button type="button" onClick={() => this.setState({ isWhole: !isWhole })}>
							{isWhole ? "Only those that match" : `Also the ${others} of this row that do not match`}
						</button>
					</p>
				)}
			</details>
		);
	}
}

function Which({ conflicts, others }: { conflicts: readonly ListedConflict[]; others: number }) {
	const more = conflicts.length - SHOWN;
	return (
		<span class="conflict-which">
			{conflicts.slice(0, SHOWN).map(({ id, resource }) => (
				<code key={id} class="path">
					<Breakable text={visible(resourceName(resource))} after="/" />
				</code>
			))}
			{more > 0 && <span class="more">and {more} more</span>}
			{others > 0 && (
				<span class="more">
					{conflicts.length} of {conflicts.length + others} match
				</span>
			)}
		</span>
	);
}
