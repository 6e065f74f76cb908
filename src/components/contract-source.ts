// Pure. A contract as source text in its own language: what a reader would look for in the code.
import type { Contract } from "#model/contract";
import { formatSignature } from "#model/contract";

/** The promised symbol with its members, one a line. */
export function contractSource(contract: Contract): string {
	const members = contract.members.map((member) => formatSignature(member));
	if (contract.language === "protobuf") {
		return [`service ${contract.symbol} {`, ...members.map((line) => `  ${line};`), "}"].join("\n");
	}
	return [`# ${contract.title}`, `class ${contract.symbol}:`, ...members.map((line) => `    ${line}`)].join("\n");
}
