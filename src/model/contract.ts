// Pure. content/contracts/<id>.yaml: an interface one team promises another.
import { z } from "zod";
import { pathPattern, teamId, text } from "./field.ts";

export const contractSchema = z.strictObject({
	from: teamId,
	to: teamId,
	title: text,
	language: z.enum(["python", "protobuf"]).default("python"),
	/** The class, module or service that carries the members. */
	symbol: text,
	/** Glob that narrows where to look; null: the whole tree. */
	source: pathPattern.nullable().default(null),
	members: z
		.array(
			z.strictObject({
				name: text,
				kind: z.enum(["method", "function", "attribute", "rpc"]).default("method"),
				async: z.boolean().default(false),
				/** Null: nothing is said of them. */
				parameters: z.array(text).nullable().default(null),
				returns: text.nullable().default(null),
			}),
		)
		.min(1),
	note: text.nullable().default(null),
});
export type ContractContent = z.output<typeof contractSchema>;
export type Contract = ContractContent & { readonly id: string; readonly file: string };
export type ContractMember = ContractContent["members"][number];

/** One promised member in the language's own notation, e.g. `async def f(a, b) -> r`. */
export function formatSignature(member: ContractMember): string {
	const returns = member.returns === null ? "" : ` -> ${member.returns}`;
	if (member.kind === "attribute") return `${member.name}${returns.replace(" -> ", ": ")}`;
	const parameters = member.parameters?.join(", ") ?? "…";
	if (member.kind === "rpc") {
		return `rpc ${member.name}(${parameters})${member.returns === null ? "" : ` returns (${member.returns})`}`;
	}
	return `${member.async ? "async " : ""}def ${member.name}(${parameters})${returns}`;
}
