// Pure. Ports that an extractor found, one line each.
import { portsExtractor } from "#extract/ports";
import { rawPath } from "#model/history";

/** `3 bind default tcp/8100`, and what is started behind it. */
export function portLines(path: string, text: string): string[] {
	const kind = portsExtractor.kindOf(rawPath(path));
	if (kind === null) throw new Error(`${path} is not read`);
	return portsExtractor.extract(text, kind).uses.map(({ line, use, how, protocol, port, starts }) => {
		const words = [line, use, how, `${protocol}/${port}`];
		return (starts === null ? words : [...words, starts]).join(" ");
	});
}
