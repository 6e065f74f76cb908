// Browser view. Paths that were perhaps meant, as links that are answered on this page.
import { type AskedPath, writePath } from "#rules/look-up";
import { Marked } from "./Marked.tsx";

interface Props {
	readonly words: string;
	readonly paths: readonly AskedPath[];
	readonly onAsk: (path: string) => void;
}

export function PathLinks({ words, paths, onAsk }: Props) {
	return (
		<div class="look-up-near">
			<p>{words}</p>
			<ul>
				{paths.map(writePath).map((path) => (
					<li key={path}>
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
					</li>
				))}
			</ul>
		</div>
	);
}
