// Pure. Problems that the audit finds name logical files, `content/…`; readers want the folder they gave.
import { ContentError } from "#model/problem";

/** The same error with the files as they would be typed; any other error as it is. */
export function asTyped(error: unknown, contentDir: string): unknown {
	if (!(error instanceof ContentError)) return error;
	const folder = contentDir.replace(/\/+$/, "");
	return new ContentError(
		error.problems.map((problem) => ({
			...problem,
			file: problem.file.replace(/^content\//, `${folder}/`),
			message: problem.message.replace(/ at content\//, ` at ${folder}/`),
		})),
	);
}
