// Browser view. What was promised in a file, or in which files of a folder.
import type { LookUpFile } from "#model/look-up";
import { visible } from "#model/visible";
import type { LookedUp } from "#rules/look-up";
import { promisedFiles, sharePromises } from "#rules/promise-words";
import { PathLink } from "./PathLinks.tsx";
import { Fact, Shape } from "./parts.tsx";

interface Props {
	readonly file: LookUpFile;
	readonly found: LookedUp;
	readonly onAsk: (path: string) => void;
}

/** Of very many files, so many are listed. */
const MOST_FILES = 12;

export function Promises({ file, found, onAsk }: Props) {
	if (found.promises === null) return <Fact term="Promises">Not known: the tree was not read for them.</Fact>;
	const files = promisedFiles(found.promises);
	if (files.length === 0) return null;
	const below = found.path.endsWith("/");
	return (
		<Fact term="Promises">
			{files.slice(0, MOST_FILES).map((path) =>
				sharePromises(
					file.data,
					(found.promises ?? []).filter((one) => one.path === path),
				).map(({ contract, words }) => (
					<p key={`${path} ${words}`}>
						<Shape tone="warning" /> {below ? <PathLink path={path} onAsk={onAsk} /> : "It"} {words} (
						<a href={file.pages.contracts[contract]}>{titleOf(file, contract)}</a>)
					</p>
				)),
			)}
			{files.length > MOST_FILES && <p>and {files.length - MOST_FILES} more files</p>}
		</Fact>
	);
}

function titleOf({ data }: LookUpFile, contract: string): string {
	return visible(data.promises?.find((one) => one.contract === contract)?.title ?? contract);
}
