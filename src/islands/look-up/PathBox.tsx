// Browser view. The box a path is typed into, and the tracked paths that may be meant: a combobox by the ARIA pattern.
import { Component } from "preact";
import type { AskedPath } from "#rules/look-up";
import { writePath } from "#rules/look-up";
import { Marked } from "./Marked.tsx";
import type { Paths } from "./paths.ts";
import type { Found } from "./search.ts";

interface Props {
	/** Where the form leads before the page runs. */
	readonly action: string;
	/** What stands in the box when it is shown, and when it changes. */
	readonly text: string;
	/** Null while the paths are not loaded: the box can be typed into all the same. */
	readonly paths: Paths | null;
	/** Whose a path is, in a word or two. */
	readonly ownerOf: (asked: AskedPath) => string;
	readonly onAsk: (typed: string) => void;
}

interface State {
	readonly text: string;
	readonly found: Found | null;
	/** The search failed: nothing can be said of what is like it. */
	readonly isFailed: boolean;
	readonly isOpen: boolean;
	/** Place of the option that Enter takes; -1: what is typed. */
	readonly active: number;
}

const MOST_SHOWN = 30;
const LIST = "look-up-list";
const optionId = (at: number) => `look-up-option-${at}`;

export class PathBox extends Component<Props, State> {
	override state: State = { text: this.props.text, found: null, isFailed: false, isOpen: false, active: -1 };
	private input: HTMLInputElement | null = null;
	/** One search at a time; of what is typed meanwhile, only the last is asked. */
	private isSearching = false;

	override componentDidMount() {
		// Typed before the page ran.
		const typed = this.input?.value ?? "";
		if (typed !== "" && this.props.text === "") this.setState({ text: typed });
	}

	override componentDidUpdate(before: Props) {
		if (before.text !== this.props.text) this.setState({ text: this.props.text, isOpen: false, active: -1 });
		if (before.paths === null && this.props.paths !== null && this.input === document.activeElement) {
			void this.search();
		}
	}

	private type(text: string) {
		this.setState({ text, active: -1, isOpen: text.trim() !== "" }, () => void this.search());
	}

	private async search() {
		const { paths } = this.props;
		const { text } = this.state;
		if (paths === null || this.isSearching) return;
		if (text.trim() === "") return this.setState({ found: null, isOpen: false });
		this.isSearching = true;
		const answer = await paths.search(text, MOST_SHOWN).catch(() => null);
		this.isSearching = false;
		this.setState({ found: answer, isFailed: answer === null });
		if (this.state.text !== text) void this.search();
	}

	private choose(typed: string) {
		this.setState({ text: typed, isOpen: false, active: -1 });
		this.props.onAsk(typed);
	}

	private move(by: 1 | -1) {
		const { found, isOpen, active } = this.state;
		const count = found?.hits.length ?? 0;
		if (count === 0) return;
		if (!isOpen) return this.setState({ isOpen: true });
		// One more place than options: the box itself.
		const next = ((active + 1 + by + count + 1) % (count + 1)) - 1;
		this.setState({ active: next }, () =>
			document.getElementById(optionId(next))?.scrollIntoView({ block: "nearest" }),
		);
	}

	private press(event: KeyboardEvent) {
		const { isOpen } = this.state;
		if (event.isComposing) return;
		if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			event.preventDefault();
			this.move(event.key === "ArrowDown" ? 1 : -1);
		} else if (event.key === "Escape") {
			event.preventDefault();
			if (isOpen) this.setState({ isOpen: false, active: -1 });
			else this.type("");
		} else if (event.key === "Tab") this.setState({ isOpen: false, active: -1 });
	}

	private submit(event: Event) {
		event.preventDefault();
		const { found, active, text } = this.state;
		const hit = found?.hits[active];
		if (hit !== undefined) this.choose(writePath(hit.asked));
		else if (text.trim() !== "") this.choose(text);
	}

	override render({ action, ownerOf }: Props, { text, found, isFailed, isOpen, active }: State) {
		const hits = found?.hits ?? [];
		const isShown = isOpen && hits.length > 0;
		return (
			<form class="look-up-form" action={action} method="get" onSubmit={(event) => this.submit(event)}>
				<label for="look-up-path">Path of a file or folder</label>
				<div class="look-up-box">
					<input
						ref={(element) => {
							this.input = element;
						}}
						id="look-up-path"
						name="path"
						type="text"
						value={text}
						placeholder="src/…"
						autocomplete="off"
						autocapitalize="off"
						autocorrect="off"
						spellcheck={false}
						enterkeyhint="search"
						role="combobox"
						aria-autocomplete="list"
						aria-expanded={isShown}
						aria-controls={isShown ? LIST : undefined}
						aria-activedescendant={isShown && active >= 0 ? optionId(active) : undefined}
						aria-describedby="look-up-hint"
						onInput={(event) => this.type(event.currentTarget.value)}
						onKeyDown={(event) => this.press(event)}
						onBlur={() => this.setState({ isOpen: false, active: -1 })}
					/>
					<button type="submit">Look up</button>
					{isShown && (
						<div class="look-up-list" id={LIST} role="listbox" aria-label="Tracked paths">
							{hits.map(({ asked, marks }, at) => (
								// biome-ignore lint/a11y/useKeyWithClickEvents: keys are the box's, which keeps the focus
								<div
									key={writePath(asked)}
									id={optionId(at)}
									role="option"
									tabIndex={-1}
									aria-selected={at === active}
									onMouseDown={(event) => event.preventDefault()}
									onClick={() => this.choose(writePath(asked))}
								>
									<Marked text={writePath(asked)} marks={marks} />
									<span class="look-up-owner">{ownerOf(asked)}</span>
								</div>
							))}
						</div>
					)}
				</div>
				<p class="look-up-hint" id="look-up-hint">
					A file need not exist yet. A folder ends in <code>/</code>.
					{isFailed && <b> The search over the tracked paths failed: type the whole path.</b>}
					{isOpen && found?.isCut === true && <b> Only the beginning of this long text is searched for.</b>}
				</p>
				<p class="sr-only" role="status">
					{countWords(text, found, isOpen)}
				</p>
			</form>
		);
	}
}

function countWords(text: string, found: Found | null, isOpen: boolean): string {
	if (!isOpen || found === null || text.trim() === "") return "";
	const { total, hits } = found;
	if (total === 0) return "No tracked path is like that; it can be looked up all the same.";
	const shown = total > hits.length ? `, ${hits.length} of them listed` : "";
	return `${total.toLocaleString("en")} tracked ${total === 1 ? "path" : "paths"}${shown}. Arrow keys choose one.`;
}
