// Pure. The text of an answer that has a route of its own: small, as pages load it, and as its published schema says.
import { answers } from "#model/published";
import { escapeJson } from "#model/visible";

/**
 * Without white space; invisible characters of paths are escaped, since a person may open it. What is no answer by its own
 * schema is not published: throws, and the build fails.
 */
export function ownAnswerText(name: "look-up" | "paths", value: unknown): string {
	answers[name].schema.parse(value);
	return escapeJson(JSON.stringify(value));
}
