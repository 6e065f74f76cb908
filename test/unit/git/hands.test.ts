import { expect, test } from "vitest";
import { createHands, type Hands } from "#git/hands";

/** Lines of two bytes: a letter and its end. */
const lines = (letters: string) => Buffer.from(letters.replace(/./g, "$&\n"));
const letters = (share: Buffer | null) => share?.toString().replaceAll("\n", "") ?? null;
const deal = { lineLength: 2, share: 3, hands: 2, block: 1 };

async function allOf(hands: Hands): Promise<(string | null)[]> {
	const shares: (string | null)[] = [];
	do shares.push(letters(await hands.next()));
	while (shares.at(-1) !== null);
	return shares;
}

test("a share is dealt as soon as it is whole, while the list is still being written", async () => {
	const hands = createHands(deal);
	hands.push(lines("abcd"));
	expect(letters(await hands.next())).toBe("abc");
});

test("who asks before there is a share waits for it", async () => {
	const hands = createHands(deal);
	const [one, two] = [hands.next(), hands.next()];
	hands.push(lines("ab"));
	hands.push(lines("cdef"));
	expect([letters(await one), letters(await two)]).toEqual(["abc", "def"]);
});

test("what is left when the list is whole is dealt to each hand, a block in turn", async () => {
	const hands = createHands(deal);
	hands.push(lines("abcdefg"));
	hands.close(false);
	expect(await allOf(hands)).toEqual(["aceg", "bdf", null]);
});

test("one hand gets the whole list at once, in its order", async () => {
	const hands = createHands({ ...deal, share: Number.POSITIVE_INFINITY, hands: 1 });
	for (const letter of "abcde") hands.push(lines(letter));
	hands.close(false);
	expect(await allOf(hands)).toEqual(["abcde", null]);
});

test("a line may come in pieces", async () => {
	const hands = createHands(deal);
	for (const piece of ["a", "\nb", "\n", "c\nd", "\n"]) hands.push(Buffer.from(piece));
	expect(letters(await hands.next())).toBe("abc");
	hands.close(false);
	expect(await allOf(hands)).toEqual(["d", null]);
});

test("an empty list, and one that broke off, have nothing to deal", async () => {
	const [empty, broken] = [createHands(deal), createHands(deal)];
	empty.close(false);
	broken.push(lines("abcd"));
	broken.close(true);
	expect([await allOf(empty), await allOf(broken)]).toEqual([[null], [null]]);
});

test("a list that ended within a line is no list of commits", async () => {
	const hands = createHands(deal);
	hands.push(Buffer.from("a\nb"));
	hands.close(false);
	expect(letters(await hands.next())).toBe("a");
	await expect(hands.next()).rejects.toThrow("malformed");
});
