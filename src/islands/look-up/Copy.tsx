// Browser view. Lines to be typed elsewhere, with a button that copies them.
import { Component } from "preact";
import { visible } from "#model/visible";

interface Props {
	readonly lines: readonly string[];
	/** What is copied, for the button's name: `the command`. */
	readonly what: string;
}

export class Copy extends Component<Props, { said: string }> {
	override state = { said: "" };
	private code: HTMLElement | null = null;

	private async copy() {
		try {
			await navigator.clipboard.writeText(this.props.lines.join("\n"));
			this.setState({ said: "Copied" });
		} catch {
			// Pages that are not from https, and readers who said no: the lines are selected instead.
			if (this.code !== null) getSelection()?.selectAllChildren(this.code);
			this.setState({ said: "Selected: copy it with the keyboard" });
		}
	}

	override componentDidUpdate(before: Props) {
		if (before.lines.join("\n") !== this.props.lines.join("\n")) this.setState({ said: "" });
	}

	override render({ lines, what }: Props, { said }: { said: string }) {
		return (
			<div class="look-up-copy">
				<pre>
					<code
						ref={(element) => {
							this.code = element;
						}}
					>
						{lines.map(visible).join("\n")}
					</code>
				</pre>
				<button type="button" aria-label={`Copy ${what}`} onClick={() => void this.copy()}>
					Copy
				</button>
				<span role="status">{said}</span>
			</div>
		);
	}
}
