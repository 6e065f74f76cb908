// Browser view. The answer about one path: what the reader may do first, then all that stands behind it.
import type { LookUpFile } from "#model/look-up";
import { visible } from "#model/visible";
import { type Advice, adviseTeams, type SharedAdvice, shareAdvice } from "#rules/advice";
import type { AskedPath, LookedUp } from "#rules/look-up";
import { nameOf } from "#rules/look-up-words";
import { Copy } from "./Copy.tsx";
import { trailerLines, whoCommand } from "./commands.ts";
import { Facts } from "./Facts.tsx";
import { logHref } from "./log-address.ts";
import { Marked } from "./Marked.tsx";
import { PathLinks } from "./PathLinks.tsx";
import { ConflictId, Fact, Shape, TeamName, type Tone } from "./parts.tsx";
import type { Placed } from "./path-index.ts";

interface Props {
	readonly file: LookUpFile;
	readonly placed: Exclude<Placed, { kind: "outside" }>;
	readonly found: LookedUp;
	/** Whether the tracked paths are known. */
	readonly isTreeRead: boolean;
	/** Owners of the files in a folder, most first: `Team A`, 12. */
	readonly owners: readonly (readonly [string, number])[];
	/** Who owns the path itself, in the same words. */
	readonly owner: string;
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
	const { file, placed, found, owners, owner, team } = props;
	const { data } = file;
	const advice = adviseTeams(data, found);
	const own = advice.find((one) => one.team === team);
	const rest = advice.filter((one) => one !== own);
	const command = whoCommand(found.path, placed.asked.raw !== undefined);
	const isPart = placed.kind === "tracked" && placed.files > placed.below.length;
	const trailers = own === undefined ? [] : trailerLines(data, own);
	return (
		<section class="look-up-answer" aria-labelledby="answer">
			<h2 id="answer" class="look-up-path">
				<Marked text={found.path} />
			</h2>
			<p class="muted">{whatItIs(props)}</p>
			{owners.some(([one]) => one !== owner) && (
				<p class="look-up-mixed">
					<Shape tone="warning" /> Files in it: {countWords(owners)}
					{isPart && ` (of the first ${placed.below.length.toLocaleString("en")})`}. What follows is of a new file in
					it; look up the one you mean.
				</p>
			)}
			{own !== undefined && (
				<div class={`look-up-own look-up-${TONES[own.may]}`}>
					<p class="look-up-headline">
						<Shape tone={TONES[own.may]} /> {(placed.asked.kind === "folder" ? IN_FOLDER : HEADLINES)[own.may]}
					</p>
					<p>
						<Sentence file={file} advice={{ ...own, teams: [own.team] }} />
					</p>
				</div>
			)}
			{own === undefined && <Teams file={file} advice={advice} />}
			{placed.kind === "new" && placed.near.length > 0 && (
				<PathLinks words="Tracked paths like it:" paths={placed.near} onAsk={props.onAsk} />
			)}
			<dl class="facts">
				<Facts file={file} found={found} logHref={logHref(props.conflicts, placed.asked)} onAsk={props.onAsk} />
				{own !== undefined && rest.length > 0 && (
					<Fact term="Other teams">
						<Teams file={file} advice={rest} />
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

function whatItIs({ placed, isTreeRead }: Props): string {
	if (placed.kind === "new") {
		if (!isTreeRead) return "The tree was not read: whether it is there is not known.";
		const what = placed.asked.kind === "folder" ? "Nothing tracked lies there" : "No tracked file has this path";
		return `${what}: judged as a new ${placed.asked.kind}.`;
	}
	if (placed.asked.kind === "submodule") return "A submodule: the repository knows which commit of it, not its files.";
	if (placed.asked.kind === "file") return "A tracked file.";
	const files = `${placed.files.toLocaleString("en")} tracked ${placed.files === 1 ? "file" : "files"}`;
	return `A folder with ${files}, judged as any new file in it.`;
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

function Teams({ file, advice }: { file: LookUpFile; advice: readonly Advice[] }) {
	return (
		<ul class="look-up-teams">
			{shareAdvice(advice).map((one) => (
				<li key={one.text}>
					<Shape tone={TONES[one.may]} /> <Sentence file={file} advice={one} />
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
function countWords(owners: Props["owners"]): string {
	return owners.map(([owner, files]) => `${visible(owner)} ${files.toLocaleString("en")}`).join(", ");
}

/** Owners of files, by how many each has. */
export function countOwners(
	below: readonly AskedPath[],
	ownerOf: (asked: AskedPath) => string,
): (readonly [string, number])[] {
	const counts = new Map<string, number>();
	for (const owner of below.map(ownerOf)) counts.set(owner, (counts.get(owner) ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1]);
}
