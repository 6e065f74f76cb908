// Browser view. Lines to be typed elsewhere, with a button that copies them.
import { Component } from "preact";
import { visible } from "#model/visible";
import { copyText } from "../copies.ts";

interface Props {
	readonly lines: readonly string[];
	/** What is copied, for the button's name: `the command`. */
	readonly what: string;
}

export class Copy extends Component<Props, { said: string }> {
	override state = { said: "" };
	private code: HTMLElement | null = null;

	private async copy() {
		if (this.code === null) return;
		const isCopied = await copyText(this.props.lines.join("\n"), this.code);
		this.setState({ said: isCopied ? "Copied" : "Selected: copy it with the keyboard" });
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
