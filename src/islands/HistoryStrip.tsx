// Browser view. The last hour of a node, a bar a minute: the better it was, the taller.
import { Component } from "preact";
import { historyRuns, historyWords, runWords } from "./history.ts";

export interface HistoryProps {
	/** A byte a minute, oldest first. */
	readonly bytes: Uint8Array;
	/** Of the last byte, since 1970. */
	readonly minute: number;
}

export default class HistoryStrip extends Component<HistoryProps> {
	/** Moves once a minute; ages tick each second. */
	override shouldComponentUpdate({ bytes, minute }: HistoryProps) {
		return bytes !== this.props.bytes || minute !== this.props.minute;
	}

	override render({ bytes, minute }: HistoryProps) {
		const runs = historyRuns(bytes, minute);
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
