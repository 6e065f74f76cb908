// Browser view. Paths that were perhaps meant, as links that are answered on this page.
import { type AskedPath, writePath } from "#rules/look-up";
import { Marked } from "./Marked.tsx";

interface LinkProps {
	/** As people write it. */
	readonly path: string;
	readonly onAsk: (path: string) => void;
}

export function PathLink({ path, onAsk }: LinkProps) {
	return (
		<a
			href={`?path=${encodeURIComponent(path)}`}
			onClick={(event) => {
				// A new tab is the browser's to open.
				if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
				event.preventDefault();
				onAsk(path);
			}}
		>
			<Marked text={path} />
		</a>
	);
}

interface Props {
	readonly words: string;
	readonly paths: readonly AskedPath[];
	/** Whose a path is, in a word or two; not given: it is not said. */
	readonly ownerOf?: (asked: AskedPath) => string;
	readonly onAsk: (path: string) => void;
}

export function PathLinks({ words, paths, ownerOf, onAsk }: Props) {
	return (
		<div class="look-up-near">
			<p>{words}</p>
			<ul>
				{paths.map((asked) => (
					<li key={writePath(asked)}>
						<PathLink path={writePath(asked)} onAsk={onAsk} />
						{ownerOf !== undefined && <span class="muted"> {ownerOf(asked)}</span>}
					</li>
				))}
			</ul>
		</div>
	);
}
