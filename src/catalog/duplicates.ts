// Pure. Things that may be there only once, found twice.
import type { Problem } from "#model/problem";
import { type Entry, type FieldPath, problemAt, problemOf } from "./entry.ts";
import type { Kind } from "./kinds.ts";
import type { Content, ParsedContent } from "./parse.ts";

/** One problem for every second use of an id, alias, identity, member, key or port. */
export function checkDuplicates(parsed: ParsedContent): Problem[] {
	const { content } = parsed;
	return [
		...sameIds(parsed.ids),
		...sameIdentities(content),
		...sameMembers(content),
		...sameKeys(content),
		...samePorts(content),
		...sameNodes(content),
	];
}

/** Remembers who used a word first; `again` is told of every later use. */
function firstUses(again: (entry: Entry<unknown>, path: FieldPath, word: string, first: Entry<unknown>) => void) {
	const first = new Map<string, Entry<unknown>>();
	return (entry: Entry<unknown>, path: FieldPath, key: string, word: string): void => {
		const before = first.get(key);
		if (before === undefined) first.set(key, entry);
		else again(entry, path, word, before);
	};
}

function sameIds(ids: ParsedContent["ids"]): Problem[] {
	return (Object.keys(ids) as Kind[]).flatMap((kind) => {
		const first = new Map<string, string>();
		return ids[kind].flatMap(({ id, path }) => {
			const before = first.get(id);
			if (before === undefined) first.set(id, path);
			return before === undefined
				? []
				: [problemOf(path, `"${id}" is already the id of ${before}`, "Keep one of the two files.")];
		});
	});
}

function sameIdentities({ teams, project }: Content): Problem[] {
	const problems: Problem[] = [];
	const reject = (what: string) => (entry: Entry<unknown>, path: FieldPath, word: string, first: Entry<unknown>) => {
		const owner = first === entry ? "named twice here" : `also named by ${first.path}`;
		problems.push(
			problemAt(entry, path, `${what} "${word}" is ${owner}`, "One name leads to one team: keep it in one place."),
		);
	};
	const alias = firstUses(reject("the alias"));
	const email = firstUses(reject("the e-mail pattern"));
	const branch = firstUses(reject("the branch pattern"));
	for (const entry of project) {
		entry.value.coordinator.identities.trailers.forEach((word, at) => {
			alias(entry, ["coordinator", "identities", "trailers", at], word.toLowerCase(), word);
		});
		entry.value.coordinator.identities.emails.forEach((word, at) => {
			email(entry, ["coordinator", "identities", "emails", at], word.toLowerCase(), word);
		});
	}
	// The same id twice is told once, as the id of two files.
	const known = new Map(teams.map((entry) => [entry.id, entry]));
	for (const [id, entry] of known) alias(entry, [], id, id);
	for (const entry of teams) {
		entry.value.aliases.forEach((word, at) => {
			// A team may list its own id among its aliases: it says the same thing.
			if (word.toLowerCase() !== entry.id) alias(entry, ["aliases", at], word.toLowerCase(), word);
		});
		entry.value.identities.emails.forEach((word, at) => {
			email(entry, ["identities", "emails", at], word.toLowerCase(), word);
		});
		entry.value.identities.branches.forEach((word, at) => {
			branch(entry, ["identities", "branches", at], word, word);
		});
	}
	return problems;
}

function sameMembers({ contracts }: Content): Problem[] {
	const problems: Problem[] = [];
	const member = firstUses((entry, path, word, first) => {
		const where = first === entry ? "above" : `in ${first.path}`;
		problems.push(problemAt(entry, path, `${word} is already promised ${where}`, "Keep one of the two promises."));
	});
	for (const entry of contracts) {
		const { from, to, symbol, members } = entry.value;
		members.forEach(({ name }, at) => {
			member(entry, ["members", at, "name"], JSON.stringify([from, to, symbol, name]), `${symbol}.${name}`);
		});
	}
	return problems;
}

function sameKeys({ namespaces }: Content): Problem[] {
	const problems: Problem[] = [];
	const use = firstUses((entry, path, word, first) => {
		const where = first === entry ? "above" : `in ${first.path}`;
		problems.push(problemAt(entry, path, `the key "${word}" is already there ${where}`, "Keep one of the two."));
	});
	interface Key {
		key: string;
		children: Key[];
	}
	const visit = (entry: Entry<unknown>, path: FieldPath, above: readonly string[], { key, children }: Key): void => {
		const names = [...above, key];
		use(entry, [...path, "key"], JSON.stringify(names), names.join("."));
		children.forEach((child, at) => {
			visit(entry, [...path, "children", at], names, child);
		});
	};
	for (const entry of namespaces) visit(entry, [], [], entry.value);
	return problems;
}

function samePorts({ ports }: Content): Problem[] {
	return ports.flatMap((entry) => {
		const ranges = entry.value.map((port) => {
			return "port" in port ? { from: port.port, to: port.port, protocol: port.protocol } : port;
		});
		return ranges.flatMap((range, at) => {
			if (range.from > range.to) {
				return [
					problemAt(
						entry,
						[at, "to"],
						`the range ends before it begins: ${range.from} to ${range.to}`,
						"Swap the two ports.",
					),
				];
			}
			const other = ranges.slice(0, at).find(({ from, to, protocol }) => {
				return protocol === range.protocol && from <= range.to && range.from <= to;
			});
			if (other === undefined) return [];
			const shown = other.from === other.to ? `port ${other.from}` : `ports ${other.from} to ${other.to}`;
			return [problemAt(entry, [at], `overlaps ${range.protocol} ${shown} above`, "A port is registered once.")];
		});
	});
}

function sameNodes({ project }: Content): Problem[] {
	const problems: Problem[] = [];
	const use = (what: string) =>
		firstUses((entry, path, word) => {
			problems.push(problemAt(entry, path, `the ${what} "${word}" is already there above`, "A node is listed once."));
		});
	const id = use("node");
	const address = use("address");
	const srv = use("SRV name");
	for (const entry of project) {
		entry.value.cluster.nodes.forEach((node, at) => {
			if ("srv" in node) {
				srv(entry, ["cluster", "nodes", at, "srv"], node.srv.toLowerCase(), node.srv);
				return;
			}
			if (node.id !== node.address) id(entry, ["cluster", "nodes", at, "id"], node.id, node.id);
			address(entry, ["cluster", "nodes", at, "address"], node.address.toLowerCase(), node.address);
		});
	}
	return problems;
}
