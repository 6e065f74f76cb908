// Browser view. What the rules, claims, contracts and the log say about a path, fact by fact.
import type { LookUpConflict, LookUpFile } from "#model/look-up";
import type { Rule } from "#model/ownership";
import { visible } from "#model/visible";
import type { LookedUp } from "#rules/look-up";
import { claimTerms, contractWords, givesWords, ownerLine, protocolSteps, timesWords } from "#rules/look-up-words";
import { Promises } from "./Promises.tsx";
import { ConflictId, Fact, RulePlace, Shape, TeamName } from "./parts.tsx";

interface Props {
	readonly file: LookUpFile;
	readonly found: LookedUp;
	/** Address of the log with the open conflicts of this path. */
	readonly logHref: string;
	readonly onAsk: (path: string) => void;
}

/** Of very many conflicts, so many are listed. */
const MOST_CONFLICTS = 12;

export function Facts({ file, found, logHref, onAsk }: Props) {
	const { data } = file;
	const { verdict } = found;
	const rule = verdict.kind === "owned" || verdict.kind === "shared" ? verdict.rule : null;
	const steps = protocolSteps(data, verdict);
	const { owner, rest } = ownerLine(data, verdict);
	return (
		<>
			<Fact term="Owner">
				{owner !== null && <TeamName id={owner} file={file} />}
				{rest}
			</Fact>
			{rule !== null && (
				<Fact term="Rule that decides">
					<RulePlace rule={rule} file={file} />
					{(rule.fromAt !== null || rule.untilAt !== null) && <span class="muted"> {timesWords(rule)}</span>}
					{rule.note !== null && <p class="muted">{visible(rule.note)}</p>}
				</Fact>
			)}
			{verdict.kind === "clash" && (
				<Rules term="Rules that clash" file={file} rules={verdict.rules.map((one) => [one, givesWords(data, one)])} />
			)}
			{steps.length > 0 && (
				<Fact term="Before you change it">
					<ol class="steps">
						{steps.map((step) => (
							<li key={step}>{step}</li>
						))}
					</ol>
				</Fact>
			)}
			{found.claims.length > 0 && (
				<Fact term="Claims">
					{found.claims.map((claim) => (
						<p key={claim.id}>
							<TeamName id={claim.team} file={file} />
							{claimTerms(claim)}
						</p>
					))}
				</Fact>
			)}
			<Promises file={file} found={found} onAsk={onAsk} />
			<Fact term="Open conflicts">
				<Conflicts file={file} conflicts={found.conflicts} logHref={logHref} />
			</Fact>
			{found.contracts.length > 0 && (
				<Fact term="Contracts">
					{found.contracts.map((contract) => (
						<p key={contract.id}>
							<a href={file.pages.contracts[contract.id]}>{visible(contract.title)}</a>
							{contractWords(data, contract).slice(visible(contract.title).length)}
						</p>
					))}
				</Fact>
			)}
			<Rules
				term="Also match, and lost"
				file={file}
				rules={found.lost.map(({ rule: one, why }) => [one, `(${why})`])}
			/>
			<Rules
				term="Excepted from"
				file={file}
				rules={found.excepted.map(({ rule: one, by }) => [one, `(except ${visible(by)})`])}
			/>
			<Rules term="Not in force now" file={file} rules={found.notInForce.map((one) => [one, `(${timesWords(one)})`])} />
		</>
	);
}

interface RulesProps {
	readonly term: string;
	readonly file: LookUpFile;
	/** Each with what is to be said of it, safe to show. */
	readonly rules: readonly (readonly [Rule, string])[];
}

function Rules({ term, file, rules }: RulesProps) {
	if (rules.length === 0) return null;
	return (
		<Fact term={term}>
			{rules.map(([rule, words]) => (
				<p key={`${rule.file}:${rule.line}`}>
					<RulePlace rule={rule} file={file} /> <span class="muted">{words}</span>
				</p>
			))}
		</Fact>
	);
}

interface ConflictsProps extends Pick<Props, "file" | "logHref"> {
	readonly conflicts: readonly LookUpConflict[];
}

function Conflicts({ file, conflicts, logHref }: ConflictsProps) {
	if (conflicts.length === 0) {
		return <>{file.repository.complete ? "None here." : "None here in the part of the history that was read."}</>;
	}
	const rest = conflicts.length - MOST_CONFLICTS;
	return (
		<ul class="look-up-conflicts">
			{conflicts.slice(0, MOST_CONFLICTS).map(({ id, level, message }) => (
				<li key={id}>
					<Shape tone={level} /> <span class="sr-only">{level}: </span>
					<ConflictId id={id} file={file} /> {visible(message)}
				</li>
			))}
			{rest > 0 && (
				<li>
					and {rest.toLocaleString("en")} more:{" "}
					<a href={logHref}>all {conflicts.length.toLocaleString("en")} in the log</a>
				</li>
			)}
		</ul>
	);
}
