// Pure. The words of `file-unread`.
import { visible } from "#model/visible";
import { plural } from "../plural.ts";
import type { DetectorWords } from "./words.ts";

export const fileUnread: DetectorWords = {
	title: "File that could not be read",
	fires:
		"A tracked file has the name of something that detectors look into (code, configuration, a manifest), and it is not UTF-8 text, is larger than 1 MiB, is not in this clone, or its parser cannot read it. Configuration that does not parse is `config-unparsable` instead. All files whose contents are not in the clone are told together.",
	reads: "Every tracked file that some other code looks into.",
	why: "What stands in the file was not judged. The log must say so: silence would read as if nothing were wrong there.",
	cure: "If the file is broken, mend it. If it is no text at all, give it another name. If its contents are missing from the clone, fetch them.",
	example: "`train.py` holds a merge marker (`<<<<<<<`), so that no Python parser reads it.",
	silence:
		"A file that is broken on purpose (a test's input) is recorded as `false-positive` in content/resolutions/, with that reason.",
	explain: ({ resource, occurrences }) => {
		const [first] = occurrences;
		if (first?.facts?.["isMissing"] === true) {
			const [files, contents] = [
				plural(occurrences.length, "file"),
				occurrences.length === 1 ? "its contents" : "their contents",
			];
			return {
				message: `${files} could not be read: ${contents} are not in this clone.`,
				hint: "What stands in them was not judged. Audit a clone that has the contents (made without `--filter`).",
			};
		}
		const reason = String(first?.facts?.["reason"] ?? "");
		const line = first === undefined || first.location.line === 0 ? "" : ` (line ${first.location.line})`;
		return {
			message: `${visible(resource.replace(/^path:/, ""))} could not be read: ${visible(reason)}${line}.`,
			hint: `What stands in it was not judged. Mend the file, or record why it is as it is.`,
		};
	},
};
