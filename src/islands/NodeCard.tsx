// Browser view. One node with all it says of itself, as a card, and as a row of many.
import type { NodeStatus } from "#model/snapshot";
import { Breakable } from "./breakable.tsx";
import type { HistoryProps } from "./HistoryStrip.tsx";
import { later } from "./later.tsx";
import { latencyWords, memoryWords } from "./node-facts.ts";
import type { ShownNode } from "./shown-node.ts";
import { rangeWords } from "./words.ts";

/** Only a gateway remembers. */
const HistoryStrip = later<HistoryProps>(() => import("./HistoryStrip.tsx"));

interface Props {
	readonly node: NodeStatus;
	readonly shown: ShownNode;
	/** Label beside value. */
	readonly facts: readonly (readonly [label: string, value: string])[];
	/** Null: none is known. */
	readonly history: HistoryProps | null;
}

export function NodeCard({ node, shown, facts, history }: Props) {
	return (
		<li class="live-card" data-tone={shown.tone}>
			<p class="live-head">
				<strong>
					<Breakable text={node.id} after="." />
				</strong>
				<State shown={shown} />
			</p>
			{(node.address !== node.id || node.isSample) && (
				<p class="live-sub">
					{node.address !== node.id && <code>{node.address}</code>}
					{node.isSample && <span class="live-tag">sample node</span>}
				</p>
			)}
			{shown.reason !== "" && <p>{shown.reason}</p>}
			{shown.age !== "" && <p class="live-age">{shown.age}</p>}
			{history !== null && (
				<div class="live-hour">
					<HistoryStrip {...history} />
				</div>
			)}
			<Facts facts={facts} node={node} isOld={shown.isOld} />
		</li>
	);
}

interface RowProps extends Omit<Props, "facts"> {
	/** Null: not opened. */
	readonly facts: Props["facts"] | null;
	onToggle(isOpen: boolean): void;
}

export function NodeRow({ node, shown, facts, history, onToggle }: RowProps) {
	// The age first: what is cut off for room must not be how old this is.
	const why = [shown.age, shown.reason].filter((words) => words !== "").join(" · ");
	return (
		<li data-tone={shown.tone}>
			<details class="live-row" onToggle={(event) => onToggle(event.currentTarget.open)}>
				<summary>
					<strong>{node.id}</strong>
					<State shown={shown} />
					<span class="live-why" title={why}>
						{why}
						{node.isSample && " · sample node"}
					</span>
					<span class="live-num" data-old={shown.isOld ? "" : undefined}>
						<span class="live-said">latency </span>
						{node.latencyMs === null ? "–" : latencyWords(node)}
					</span>
					<span class="live-num" data-old={shown.isOld ? "" : undefined} title={memoryWords(node)}>
						<span class="live-said">memory </span>
						{node.memoryUsedPercent === null ? "–" : `${Math.round(node.memoryUsedPercent)} %`}
						<Meter node={node} />
					</span>
					<span class="live-num">
						<span class="live-said">layers </span>
						{node.layers === null ? "–" : rangeWords(node.layers)}
					</span>
					<span class="live-hour">{history !== null && <HistoryStrip {...history} />}</span>
				</summary>
				{facts !== null && (
					<div class="live-more">
						{node.address !== node.id && (
							<p>
								<code>{node.address}</code>
							</p>
						)}
						<Facts facts={facts} node={node} isOld={shown.isOld} />
					</div>
				)}
			</details>
		</li>
	);
}

function State({ shown }: { shown: ShownNode }) {
	return (
		<span class="live-state">
			<span aria-hidden="true">{shown.shape}</span> {shown.word}
		</span>
	);
}

function Facts({ facts, node, isOld }: { facts: Props["facts"]; node: NodeStatus; isOld: boolean }) {
	return (
		<dl class="live-facts" data-old={isOld ? "" : undefined}>
			{facts.map(([label, value]) => (
				<div key={label}>
					<dt>{label}</dt>
					<dd>
						<Breakable text={value} after="." />
						{label === "Memory" && <Meter node={node} />}
					</dd>
				</div>
			))}
		</dl>
	);
}

function Meter({ node: { memoryUsedPercent } }: { node: NodeStatus }) {
	return memoryUsedPercent === null ? null : <meter min={0} max={100} value={memoryUsedPercent} aria-hidden="true" />;
}
