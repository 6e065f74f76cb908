// Browser view. The last hour of a node, a bar a minute: the better it was, the taller.
import { Component } from "preact";
import { historyRuns, historyWords, runWords } from "./history.ts";

export interface HistoryProps {
	/** A byte a minute, oldest first. */
	readonly bytes: Uint8Array;
	/** Of the last byte, since 1970. */
	readonly minute: number;
	/** Whole minutes that passed since, of which nothing is known. */
	readonly missed: number;
}

export default class HistoryStrip extends Component<HistoryProps> {
	/** Moves once a minute; ages tick each second. */
	override shouldComponentUpdate({ bytes, minute, missed }: HistoryProps) {
		const { props } = this;
		return bytes !== props.bytes || minute !== props.minute || missed !== props.missed;
	}

	override render({ bytes, minute, missed }: HistoryProps) {
		const runs = historyRuns(bytes, minute, missed);
		return (
			<span class="live-history" role="img" aria-label={historyWords(runs)}>
				{runs.map((run) => (
					<i
						key={run.minute}
						data-was={run.state ?? "nothing"}
						style={{ flexGrow: run.minutes }}
						title={runWords(run)}
					/>
				))}
			</span>
		);
	}
}
