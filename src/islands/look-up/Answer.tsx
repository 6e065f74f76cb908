// Browser view. The answer about one path: what the reader may do first, then all that stands behind it.
import type { LookUpData, LookUpFile } from "#model/look-up";
import { visible } from "#model/visible";
import { type Advice, adviseTeams, type SharedAdvice, shareAdvice } from "#rules/advice";
import type { AskedPath, LookedUp } from "#rules/look-up";
import { nameOf, ownerWord } from "#rules/look-up-words";
import { Copy } from "./Copy.tsx";
import { trailerLines, whoCommand } from "./commands.ts";
import { isUnsure } from "./Doubt.tsx";
import { Facts } from "./Facts.tsx";
import { logHref } from "./log-address.ts";
import { Marked } from "./Marked.tsx";
import { PathLinks } from "./PathLinks.tsx";
import { ConflictId, Fact, Shape, TeamName, type Tone } from "./parts.tsx";
import type { Placed } from "./path-index.ts";
import type { Understood } from "./read-typed.ts";

type Tracked = Extract<Placed, { readonly kind: "tracked" }>;

interface Props {
	readonly file: LookUpFile;
	readonly placed: Extract<Placed, { readonly asked: AskedPath }>;
	readonly found: LookedUp;
	/** Whether the tracked paths are known. */
	readonly isTreeRead: boolean;
	/** The reader's own team; null: not said. */
	readonly team: string | null;
	/** The reader's clock when it was judged (ISO, UTC). */
	readonly now: string;
	/** Address of the conflict log. */
	readonly conflicts: string;
	readonly onAsk: (path: string) => void;
}

const HEADLINES: Record<Advice["may"], string> = {
	yes: "You may change it.",
	keep: "You may change it, but not what was promised.",
	agree: "You may change it, once that is agreed.",
	no: "You must not change it.",
};
/** Of a folder no more is said than holds for a file that no rule of its own names. */
const IN_FOLDER: Record<Advice["may"], string> = {
	yes: "You may add a file to it.",
	keep: "You may add a file to it.",
	agree: "You may add a file to it, once that is agreed.",
	no: "You must not add a file to it.",
};
const TONES: Record<Advice["may"], Tone> = { yes: "good", keep: "warning", agree: "warning", no: "error" };

export function Answer(props: Props) {
	const { file, placed, found, team } = props;
	const { data } = file;
	const advice = adviseTeams(data, found);
	const own = advice.find((one) => one.team === team);
	const rest = advice.filter((one) => one !== own);
	const command = whoCommand(found.path, placed.asked.raw !== undefined);
	const trailers = own === undefined ? [] : trailerLines(data, own);
	const tone = toneOf(placed);
	return (
		<section class="look-up-answer" aria-labelledby="answer">
			<h2 id="answer" class="look-up-path">
				<Marked text={found.path} />
			</h2>
			<p class="muted">{whatItIs(props)}</p>
			{isMixed(placed, found) && (
				<p class="look-up-mixed">
					<Shape tone="warning" /> Files in it: {countWords(data, placed)}. What follows is of a new file in it; look up
					the one you mean.
				</p>
			)}
			{own !== undefined && (
				<div class={`look-up-own look-up-${tone(own.may)}`}>
					<p class="look-up-headline">
						<Shape tone={tone(own.may)} /> {headline(placed, own.may)}
					</p>
					<p>
						<Sentence file={file} advice={{ ...own, teams: [own.team] }} />
					</p>
				</div>
			)}
			{own === undefined && <Teams file={file} advice={advice} tone={tone} />}
			{placed.kind === "new" && placed.miss === null && placed.near.length > 0 && (
				<PathLinks words="Tracked paths like it:" paths={placed.near} onAsk={props.onAsk} />
			)}
			<dl class="facts">
				<Facts file={file} found={found} logHref={logHref(props.conflicts, placed.asked)} onAsk={props.onAsk} />
				{own !== undefined && rest.length > 0 && (
					<Fact term="Other teams">
						<Teams file={file} advice={rest} tone={tone} />
					</Fact>
				)}
				{trailers.length > 0 && (
					<Fact term={own?.may === "agree" ? "Once agreed, end the message with" : "End the message with"}>
						<Copy lines={trailers} what="the trailers" />
						{own?.may === "agree" && <p class="muted">{whoAgreed(file, own)}</p>}
					</Fact>
				)}
				{command !== null && (
					<Fact term="On the command line">
						<Copy lines={[command]} what="the command" />
					</Fact>
				)}
			</dl>
			<Stamp {...props} />
		</section>
	);
}

function whoAgreed({ data }: LookUpFile, { agreeWith }: Advice): string {
	if (agreeWith.length > 0) return "Only whoever has claimed the path can agree.";
	return data.coordinatorWord === null
		? "TEAM stands for the id of the team that agreed."
		: `Name who agreed: the coordinator as here, or the id of another team.`;
}

function headline(placed: Props["placed"], may: Advice["may"]): string {
	const words = (placed.asked.kind === "folder" ? IN_FOLDER : HEADLINES)[may];
	return isUnsure(placed) ? `As a new ${placed.asked.kind}: ${words.replace("You", "you")}` : words;
}

/** Where another path was probably meant, nothing is shown as good. */
function toneOf(placed: Props["placed"]): (may: Advice["may"]) => Tone {
	return (may) => (may === "yes" && isUnsure(placed) ? "note" : TONES[may]);
}

const UNDERSTOOD: Readonly<Record<Understood, string>> = {
	slashes: "slashes stand for backslashes",
	line: "the line is left out",
	address: "read off the address, whose repository and branch nobody compared",
};

function whatItIs({ placed, isTreeRead }: Props): string {
	const what = kindWords(placed, isTreeRead);
	if (placed.understood.length === 0) return what;
	return `Not quite as typed: ${placed.understood.map((one) => UNDERSTOOD[one]).join("; ")}. ${what}`;
}

function kindWords(placed: Props["placed"], isTreeRead: boolean): string {
	const { kind } = placed.asked;
	if (placed.kind === "new") {
		if (!isTreeRead) return "The tree was not read: whether it is there is not known.";
		if (isUnsure(placed)) return `If a new ${kind} of this name is meant:`;
		const what = kind === "folder" ? "Nothing tracked lies there" : "No tracked file has this path";
		return `${what}: judged as a new ${kind}.`;
	}
	if (kind === "submodule") return "A submodule: the repository knows which commit of it, not its files.";
	if (kind === "file") return "A tracked file.";
	const files = `${placed.files.toLocaleString("en")} tracked ${placed.files === 1 ? "file" : "files"}`;
	return `A folder with ${files}, judged as any new file in it.`;
}

/** Whether files in a folder are of others than a new file in it would be. */
function isMixed(placed: Props["placed"], { verdict }: LookedUp): placed is Tracked {
	const owner = verdict.kind === "owned" ? verdict.owner : null;
	return placed.kind === "tracked" && placed.owners.some((one) => one.kind !== verdict.kind || one.owner !== owner);
}

function Sentence({ file, advice }: { file: LookUpFile; advice: SharedAdvice }) {
	const { teams, pieces } = advice;
	return (
		<>
			{teams.map((team, at) => (
				<>
					{at === 0 ? "" : at === teams.length - 1 ? " and " : ", "}
					{visible(nameOf(file.data, team))}
				</>
			))}{" "}
			{pieces.map((piece) =>
				typeof piece === "string" ? (
					visible(piece)
				) : piece.kind === "team" ? (
					<TeamName id={piece.id} file={file} />
				) : (
					<ConflictId id={piece.id} file={file} />
				),
			)}
		</>
	);
}

interface TeamsProps {
	readonly file: LookUpFile;
	readonly advice: readonly Advice[];
	readonly tone: (may: Advice["may"]) => Tone;
}

function Teams({ file, advice, tone }: TeamsProps) {
	return (
		<ul class="look-up-teams">
			{shareAdvice(advice).map((one) => (
				<li key={one.text}>
					<Shape tone={tone(one.may)} /> <Sentence file={file} advice={one} />
				</li>
			))}
		</ul>
	);
}

/** What the answer is of: the reader's moment, the commit, and what keeps it from being the whole truth. */
function Stamp({ file, now }: Props) {
	const { name, head, headAt, complete, isSample } = file.repository;
	return (
		<p class="stamp">
			Judged by the rules in force at {minute(now)} by your clock. Tracked paths, promises and conflicts are those of{" "}
			<b>{visible(name)}</b> at <code title={head}>{head.slice(0, 9)}</code>, {minute(headAt)}.
			{isSample && " That is the built-in example, not your project."}
			{!complete && " Its history was not read whole: conflicts may be missing."}
		</p>
	);
}

/** `2025-07-31 14:45 UTC` */
function minute(iso: string): string {
	return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** `Team B 8, nobody 1` */
function countWords(data: LookUpData, { owners }: Tracked): string {
	return owners
		.map(({ kind, owner, files }) => `${ownerWord(data, kind, owner)} ${files.toLocaleString("en")}`)
		.join(", ");
}
