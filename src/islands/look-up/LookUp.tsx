// Browser view. "May I change this?": the box, the reader's team, and the answer or why there is none.
import { Component } from "preact";
import { visible } from "#model/visible";
import { adviseTeams } from "#rules/advice";
import { type AskedPath, createLookUp, type LookedUp, type LookUp as Rules, writePath } from "#rules/look-up";
import { nameOf, ownerWord, ownerWords } from "#rules/look-up-words";
import { Answer } from "./Answer.tsx";
import { DidYouMean, doubtWords, isUnsure, NoAnswer, noAnswerWords } from "./Doubt.tsx";
import { LoadProblem, load, type Sources } from "./load.ts";
import { PathBox } from "./PathBox.tsx";
import type { Placed } from "./path-index.ts";
import type { Paths } from "./paths.ts";
import { dropTeamFromAddress, keepOwnTeam, readAddress, readOwnTeam, writePathToAddress } from "./reader.ts";
import "./look-up.css";

interface Props extends Sources {
	/** Address of the page. */
	readonly action: string;
	/** Address of the conflict log. */
	readonly conflicts: string;
	readonly teams: readonly { readonly id: string; readonly name: string }[];
	/** How many paths are tracked, as the build knows it. */
	readonly count: number;
}

interface State {
	readonly loaded: Paths | null;
	/** Why there is no answer; null: nothing is wrong. */
	readonly problem: LoadProblem | null;
	/** What stands in the box. */
	readonly typed: string;
	readonly placed: Placed | null;
	readonly found: LookedUp | null;
	/** The reader's clock when the answer was made (ISO, UTC). */
	readonly now: string;
	readonly team: string | null;
}

export default class LookUp extends Component<Props, State> {
	override state: State = {
		loaded: null,
		problem: null,
		typed: "",
		placed: null,
		found: null,
		now: "",
		team: null,
	};
	private rules: Rules | null = null;
	private readonly title = typeof document === "undefined" ? "" : document.title;
	private readonly onBack = () => void this.answer(readAddress().path);

	override componentDidMount() {
		const { path, team } = readAddress();
		this.setState({ typed: path, team: this.known(team) ?? this.known(readOwnTeam()) });
		window.addEventListener("popstate", this.onBack);
		void this.fetch(false);
	}

	override componentWillUnmount() {
		window.removeEventListener("popstate", this.onBack);
		this.state.loaded?.close();
	}

	private known(team: string | null): string | null {
		return this.props.teams.some(({ id }) => id === team) ? team : null;
	}

	private async fetch(isAnew: boolean) {
		this.state.loaded?.close();
		this.setState({ problem: null, loaded: null });
		try {
			const loaded = await load(this.props, isAnew);
			this.rules = createLookUp(loaded.file.data);
			this.setState({ loaded }, () => void this.answer(this.state.typed));
		} catch (error) {
			if (!(error instanceof LoadProblem)) throw error;
			this.setState({ problem: error, placed: null, found: null });
		}
	}

	/** Somebody asks: the path becomes part of the address. */
	private readonly ask = (typed: string) => {
		writePathToAddress(typed);
		void this.answer(typed);
	};

	private async answer(typed: string) {
		const { loaded } = this.state;
		this.setState({ typed });
		if (loaded === null || this.rules === null) return;
		if (typed.trim() === "") return this.setState({ placed: null, found: null }, () => this.nameTab());
		const now = instant();
		try {
			const placed = await loaded.place(typed, now);
			// Somebody asked for another one meanwhile.
			if (this.state.typed !== typed || this.state.loaded !== loaded) return;
			const found = "asked" in placed ? this.rules.lookUp(placed.asked, now) : null;
			this.setState({ placed, found, now, problem: null }, () => this.nameTab());
		} catch {
			if (this.state.typed !== typed || this.state.loaded !== loaded) return;
			// The answer that stands there is of another path.
			const problem = new LoadProblem("The search over the tracked paths failed in this browser.");
			this.setState({ placed: null, found: null, problem }, () => this.nameTab());
		}
	}

	private nameTab() {
		const { found } = this.state;
		document.title = found === null ? this.title : `${visible(found.path)} · ${this.title}`;
	}

	private choose(team: string | null) {
		this.setState({ team });
		keepOwnTeam(team);
		dropTeamFromAddress();
	}

	/** `Team A`, `shared`, `nobody`: as short as a list wants it. */
	private readonly ownerOf = (asked: AskedPath): string => {
		const { loaded } = this.state;
		if (loaded === null || this.rules === null) return "";
		const verdict = this.rules.judge(asked, instant());
		return ownerWord(loaded.file.data, verdict.kind, verdict.kind === "owned" ? verdict.owner : null);
	};

	/** What a screen reader is told when an answer is there. */
	private said(): string {
		const { loaded, found, placed, team } = this.state;
		if (placed !== null && !("asked" in placed)) return noAnswerWords(placed);
		if (loaded === null || found === null) return "";
		if (isUnsure(placed)) return `${doubtWords(placed.miss)} ${placed.near.map(writePath).map(visible).join(", ")}?`;
		const { data } = loaded.file;
		const own = adviseTeams(data, found).find((one) => one.team === team);
		const advice = own === undefined ? "" : ` ${nameOf(data, own.team)} ${own.text}`;
		return visible(`${found.path}: ${ownerWords(data, found.verdict)}.${advice}`);
	}

	override render(
		{ action, conflicts, teams, count }: Props,
		{ loaded, problem, typed, placed, found, now, team }: State,
	) {
		return (
			<div class="look-up">
				<PathBox action={action} text={typed} paths={loaded} ownerOf={this.ownerOf} onAsk={this.ask} />
				<p class="look-up-team">
					<label for="look-up-team">Your team</label>
					<select
						id="look-up-team"
						value={team ?? ""}
						onChange={(event) => this.choose(event.currentTarget.value || null)}
					>
						<option value="">not said</option>
						{teams.map(({ id, name }) => (
							<option key={id} value={id}>
								{visible(name)}
							</option>
						))}
					</select>
					<span class="muted">remembered in this browser only</span>
				</p>
				<p class="sr-only" role="status">
					{this.said()}
				</p>
				{problem !== null && (
					<div class="look-up-problem" role="alert">
						<p>
							<b>No answer can be given.</b> {problem.message} Nothing is said of any path rather than something that
							may be wrong.
						</p>
						<button type="button" onClick={() => void this.fetch(true)}>
							Try again
						</button>
						{problem.isPageOld && (
							<button type="button" onClick={() => location.reload()}>
								Reload the page
							</button>
						)}
					</div>
				)}
				{loaded === null && problem === null && typed !== "" && <p class="muted">Reading the rules …</p>}
				{placed !== null && !("asked" in placed) && <NoAnswer placed={placed} onAsk={this.ask} />}
				{placed !== null && "asked" in placed && found !== null && loaded !== null && problem === null && (
					<>
						{isUnsure(placed) && <DidYouMean placed={placed} ownerOf={this.ownerOf} onAsk={this.ask} />}
						<Answer
							file={loaded.file}
							placed={placed}
							found={found}
							isTreeRead={loaded.isRead}
							team={team}
							now={now}
							conflicts={conflicts}
							onAsk={this.ask}
						/>
					</>
				)}
				{placed === null && typed === "" && problem === null && (
					<p class="empty">
						<b>Nothing is looked up yet.</b>{" "}
						{count > 0
							? `Type a part of a path: ${count.toLocaleString("en")} tracked files are searched as you type.`
							: "Type a path; no tracked file is known to search in."}
					</p>
				)}
			</div>
		);
	}
}

/** Now by the reader's clock, as rules with dates want it: ISO, UTC, to the second. */
function instant(): string {
	return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}
