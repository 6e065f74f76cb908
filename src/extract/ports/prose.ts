// Pure. Ports that prose names: addresses, and the word port with a number after it.
import type { PortUse } from "#model/tree-facts";
import { addressesIn, lineIndex, portOf } from "./number.ts";

export function readProse(text: string): PortUse[] {
	const line = lineIndex(text);
	const addresses = addressesIn(text).map(({ port, at }) => ({ port, at, how: "address" as const }));
	const words = [...text.matchAll(PORT)].flatMap((match) => {
		const port = portOf(match[1] as string);
		return port === null ? [] : [{ port, at: match.index, how: "prose" as const }];
	});
	return [...addresses, ...words]
		.sort((a, b) => a.at - b.at)
		.map(({ port, at, how }) => ({ port, protocol: "tcp", use: "mention", how, line: line(at), starts: null }));
}

/** `port 8100`, `Port: 8100`, `port **8100**`; not `port 3` of a switch, nor `report 2024`. */
const PORT = /(?<![\w-])ports?(?: number)?[\s:=]{1,3}[`*"]{0,3}(\d{3,5})(?![\w.%])/gi;
