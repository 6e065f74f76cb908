// Who is a person, and by which addresses: names and addresses as histories have them.
import { expect, test } from "vitest";
import type { Author } from "#starter/evidence";
import { parseMailmap } from "#starter/mailmap";
import { organisation, sortPeople } from "#starter/people";
import { fullName } from "#starter/same-person";

/** `address: names`; the first has most commits. */
function authorsOf(named: Readonly<Record<string, readonly string[]>>): Author[] {
	return Object.entries(named).map(([email, names], index) => {
		return { email, name: names[0] as string, names, commits: 100 - index };
	});
}

/** The addresses of each person. */
const peopleOf = (named: Readonly<Record<string, readonly string[]>>, mailmap = "") =>
	sortPeople(authorsOf(named), parseMailmap(mailmap)).persons.map(({ addresses }) =>
		addresses.map(({ email }) => email),
	);

test("one full name, two addresses: one person, and what says so beside the second", () => {
	const { persons, personOf } = sortPeople(
		authorsOf({ "ann@x.io": ["Ann Lee"], "lee@home.example": ["ann  lee"], "ben@x.io": ["Ben"] }),
	);
	expect(persons).toEqual([
		{
			name: "Ann Lee",
			commits: 199,
			addresses: [
				{ email: "ann@x.io", commits: 100, joinedBy: null },
				{ email: "lee@home.example", commits: 99, joinedBy: "the same full name" },
			],
		},
		{ name: "Ben", commits: 98, addresses: [{ email: "ben@x.io", commits: 98, joinedBy: null }] },
	]);
	expect(personOf("lee@home.example")).toBe(persons[0]);
	expect(personOf("nobody@x.io")).toBeNull();
});

test.each([
	["a first name alone", { "ann@x.io": ["Ann"], "ann@y.io": ["Ann"] }],
	["an initial", { "ann@x.io": ["A Lee"], "ann@y.io": ["A Lee"] }],
	["what forms and programs write", { "a@x.io": ["Your Name"], "b@x.io": ["Your Name"] }],
	["a group's", { "a@x.io": ["Platform Team"], "b@x.io": ["Platform Team"] }],
	["an address that goes by two full names", { "a@x.io": ["Ann Lee"], "pair@x.io": ["Ann Lee", "Ben Ray"] }],
	[
		"two accounts of one name",
		{ "1+wei@users.noreply.github.com": ["Wei Liu"], "2+liuw@users.noreply.github.com": ["Wei Liu"] },
	],
])("not joined: %s", (_what, named: Readonly<Record<string, readonly string[]>>) => {
	expect(peopleOf(named)).toHaveLength(2);
});

test("where a name has two accounts, an address of that name is neither's", () => {
	const named = {
		"wei@x.io": ["Wei Liu"],
		"1+wei@users.noreply.github.com": ["Wei Liu"],
		"2+liuw@users.noreply.github.com": ["Wei Liu"],
	};
	expect(peopleOf(named)).toHaveLength(3);
});

test("GitHub's addresses of one account: by its number, or by its login where no other number has it", () => {
	const named = {
		"7+ann@users.noreply.github.com": ["ann"],
		"7+ann-lee@users.noreply.github.com": ["a"],
		"ann@users.noreply.github.com": ["b"],
		"8+ben@users.noreply.github.com": ["ben"],
		"9+ben@users.noreply.github.com": ["ben"],
		"ben@users.noreply.github.com": ["ben"],
	};
	expect(peopleOf(named).map((emails) => emails.length)).toEqual([3, 1, 1, 1]);
});

test("a person's account, mailmap and name join; programs are joined to nobody", () => {
	const named = {
		"ann@x.io": ["Ann Lee"],
		"7+annlee@users.noreply.github.com": ["Ann Lee"],
		"old@gone.example": ["al"],
		"1+helper[bot]@users.noreply.github.com": ["Ann Lee"],
	};
	expect(peopleOf(named, "Ann Lee <ann@x.io> <OLD@gone.example>")).toEqual([
		["ann@x.io", "7+annlee@users.noreply.github.com", "old@gone.example"],
	]);
});

test("a mailmap's lines that lead one address to another; git's other forms say nothing of an address alone", () => {
	const text = [
		"# <no@x.io> <comment@x.io>",
		"Proper Name <only@name.example>",
		"<ann@x.io> <al@x.io>",
		"Ben Ray <Ben@x.io> <br@y.io> # since 2020",
		"Cy Ode <cy@x.io> Cy via Relay <relay@x.io>",
		"nonsense",
	].join("\r\n");
	expect(parseMailmap(text)).toEqual([
		{ email: "ann@x.io", commitEmail: "al@x.io" },
		{ email: "ben@x.io", commitEmail: "br@y.io" },
	]);
});

test("two old addresses of one that no commit has are one person's", () => {
	const mailmap = "<ann@new.example> <a@x.io>\n<ann@new.example> <b@x.io>\n<ben@new.example> <c@x.io>";
	expect(peopleOf({ "a@x.io": ["a"], "b@x.io": ["b"], "c@x.io": ["c"] }, mailmap)).toEqual([
		["a@x.io", "b@x.io"],
		["c@x.io"],
	]);
});

test.each([
	["Daniël de Kok", "daniel de kok"],
	["Liu, Wei", "liu wei"],
	["Ann B. Lee", "ann b lee"],
	["Ann", null],
	["A. Lee", null],
	["Release Bot", null],
	["呆萌闷油瓶", null],
])("as a full name, %s is %s", (name, plain) => {
	expect(fullName(name)).toBe(plain);
});

test("bots by address or name, GitHub's apps as one; an abbot is none", () => {
	const { persons, bots } = sortPeople(
		authorsOf({
			"abbot@x.io": ["Abbot"],
			"ci@x.io": ["Release Bot"],
			"5+houston@users.noreply.github.com": ["Houston (Bot)"],
			"12+shopbot@users.noreply.github.com": ["ShopBot"],
			"2+renovate[bot]@users.noreply.github.com": ["renovate[bot]"],
		}),
	);
	expect(persons.map(({ name }) => name)).toEqual(["Abbot"]);
	expect(bots.map(({ email }) => email)).toEqual([
		"*[bot]@users.noreply.github.com",
		"ci@x.io",
		"5+houston@users.noreply.github.com",
		"12+shopbot@users.noreply.github.com",
	]);
});

test("shared: three names without a word in common; one person's spellings are not", () => {
	const { shared, persons } = sortPeople(
		authorsOf({ "root@host.io": ["root", "Ann Lee", "Ben"], "max@x.io": ["mhils", "Max Hils", "Max H."] }),
	);
	expect(shared.map(({ email, reason }) => [email, reason])).toEqual([["root@host.io", "3 names that share no word"]]);
	expect(persons.map(({ name }) => name)).toEqual(["mhils"]);
});

test.each([
	["ann@google.com", "google.com"],
	["ann@gmail.com", null],
	["1+ann@users.noreply.github.com", null],
	["root@localhost", null],
	["ann@laptop.local", null],
	["ann@10.0.0.1", null],
])("what the domain of %s tells", (email, told) => {
	expect(organisation(email)).toBe(told);
});
