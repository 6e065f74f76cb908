// Browser view. What the rules, claims, contracts and the log say about a path, fact by fact.
import type { LookUpConflict, LookUpFile } from "#model/look-up";
import { visible } from "#model/visible";
import type { LookedUp } from "#rules/look-up";
import {
	claimWords,
	contractWords,
	givesWords,
	nameOf,
	ownerLine,
	protocolSteps,
	timesWords,
} from "#rules/look-up-words";
import { Fact, Linked, RulePlace, Shape } from "./parts.tsx";

interface Props {
	readonly file: LookUpFile;
	readonly found: LookedUp;
}

/** Of very many conflicts, so many are listed. */
const MOST_CONFLICTS = 12;

export function Facts({ file, found }: Props) {
	const { data } = file;
	const { verdict } = found;
	const rule = verdict.kind === "owned" || verdict.kind === "shared" ? verdict.rule : null;
	const steps = protocolSteps(data, verdict);
	return (
		<>
			<Fact term="Owner">
				<Linked text={ownerLine(data, verdict)} links={teamLinks(file)} />
			</Fact>
			{rule !== null && (
				<Fact term="Rule that decides">
					<RulePlace rule={rule} file={file} />
					{(rule.fromAt !== null || rule.untilAt !== null) && <span class="muted"> {timesWords(rule)}</span>}
					{rule.note !== null && <p class="muted">{visible(rule.note)}</p>}
				</Fact>
			)}
			{verdict.kind === "clash" && (
				<Fact term="Rules that clash">
					{verdict.rules.map((one) => (
						<p key={`${one.file}:${one.line}`}>
							<RulePlace rule={one} file={file} /> <span class="muted">{givesWords(data, one)}</span>
						</p>
					))}
				</Fact>
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
							<Linked text={claimWords(data, claim)} links={teamLinks(file)} />
						</p>
					))}
				</Fact>
			)}
			<Fact term="Open conflicts">
				<Conflicts file={file} conflicts={found.conflicts} />
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
			<OtherRules file={file} found={found} />
		</>
	);
}

function OtherRules({ file, found }: Props) {
	return (
		<>
			{found.lost.length > 0 && (
				<Fact term="Also match, and lost">
					{found.lost.map(({ rule, why }) => (
						<p key={`${rule.file}:${rule.line}`}>
							<RulePlace rule={rule} file={file} /> <span class="muted">({why})</span>
						</p>
					))}
				</Fact>
			)}
			{found.excepted.length > 0 && (
				<Fact term="Excepted from">
					{found.excepted.map(({ rule, by }) => (
						<p key={`${rule.file}:${rule.line}`}>
							<RulePlace rule={rule} file={file} /> <span class="muted">(except {visible(by)})</span>
						</p>
					))}
				</Fact>
			)}
			{found.notInForce.length > 0 && (
				<Fact term="Not in force now">
					{found.notInForce.map((rule) => (
						<p key={`${rule.file}:${rule.line}`}>
							<RulePlace rule={rule} file={file} /> <span class="muted">({timesWords(rule)})</span>
						</p>
					))}
				</Fact>
			)}
		</>
	);
}

function Conflicts({ file, conflicts }: { file: LookUpFile; conflicts: readonly LookUpConflict[] }) {
	if (conflicts.length === 0) {
		return <>{file.repository.complete ? "None here." : "None here in the part of the history that was read."}</>;
	}
	return (
		<ul class="look-up-conflicts">
			{conflicts.slice(0, MOST_CONFLICTS).map(({ id, level, message }) => (
				<li key={id}>
					<Shape tone={level} /> <span class="sr-only">{level}: </span>
					<a href={file.pages.conflicts[id]}>{id}</a> {visible(message)}
				</li>
			))}
			{conflicts.length > MOST_CONFLICTS && <li>and {conflicts.length - MOST_CONFLICTS} more in the log</li>}
		</ul>
	);
}

/** Names of teams and the addresses of their pages. */
export function teamLinks({ data, pages }: LookUpFile): ReadonlyMap<string, string> {
	return new Map(
		data.teams.flatMap(({ id }) => {
			const page = pages.teams[id];
			return page === undefined ? [] : [[visible(nameOf(data, id)), page] as const];
		}),
	);
}
