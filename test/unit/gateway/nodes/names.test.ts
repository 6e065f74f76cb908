// Specification of how host names become addresses: asked again, never lost to a lookup that fails, never in the way.
import { describe, expect, it } from "vitest";
import { openNames } from "../../../../src/gateway/nodes/names.ts";

/** A DNS of our own: answers by name; counts questions. */
function stub(answers: Record<string, readonly string[] | null>) {
	const asked: string[] = [];
	const look = async (host: string) => {
		asked.push(host);
		const found = answers[host];
		if (found === null || found === undefined) throw new Error("ENOTFOUND");
		return found;
	};
	return { asked, look, answers };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("names", () => {
	it.each(["10.0.0.1", "::1", "fe80::1"])("%s stands for itself and is never looked up", async (address) => {
		const { asked, look } = stub({});
		expect(await openNames(look).addressesOf(address, 100)).toEqual([address]);
		expect(asked).toEqual([]);
	});

	it("a name is looked up once, then again after 15 s; the question meanwhile does not wait", async () => {
		let now = 0;
		const dns = stub({ mini1: ["10.0.0.1"] });
		const names = openNames(dns.look, () => now);
		expect(await names.addressesOf("mini1", 100)).toEqual(["10.0.0.1"]);
		dns.answers["mini1"] = ["10.0.0.2"];
		now = 14_999;
		expect(await names.addressesOf("mini1", 100)).toEqual(["10.0.0.1"]);
		await turn();
		expect(dns.asked).toHaveLength(1);
		now = 15_000;
		expect(await names.addressesOf("mini1", 100)).toEqual(["10.0.0.1"]);
		await turn();
		expect(await names.addressesOf("mini1", 100)).toEqual(["10.0.0.2"]);
		expect(dns.asked).toHaveLength(2);
	});

	it("one asked for after half a minute is looked up first, and used as it was where DNS hangs", async () => {
		let now = 0;
		const dns = stub({ mini1: ["10.0.0.1"] });
		let isHung = false;
		const look = (host: string) => (isHung ? new Promise<never>(() => undefined) : dns.look(host));
		const names = openNames(look, () => now);
		await names.addressesOf("mini1", 100);
		dns.answers["mini1"] = ["10.0.0.2"];
		now = 30_000;
		expect(await names.addressesOf("mini1", 100)).toEqual(["10.0.0.2"]);
		isHung = true;
		now = 60_000;
		expect(await names.addressesOf("mini1", 20)).toEqual(["10.0.0.2"]);
	});

	it.each([
		["fails", null],
		["finds nothing", []],
		["finds what is no address", ["not-an-address"]],
	])("a lookup that %s keeps the last good addresses", async (_name, answer) => {
		let now = 0;
		const dns = stub({ mini1: ["10.0.0.1"] });
		const names = openNames(dns.look, () => now);
		await names.addressesOf("mini1", 100);
		dns.answers["mini1"] = answer;
		for (const at of [30_000, 60_000, 3_600_000]) {
			now = at;
			expect(await names.addressesOf("mini1", 100)).toEqual(["10.0.0.1"]);
			await turn();
		}
		expect(dns.asked).toHaveLength(4);
	});

	it("after a doubt it is looked up again after 5 s", async () => {
		let now = 0;
		const dns = stub({ mini1: ["10.0.0.1"] });
		const names = openNames(dns.look, () => now);
		await names.addressesOf("mini1", 100);
		names.doubt("mini1");
		now = 4_999;
		await names.addressesOf("mini1", 100);
		expect(dns.asked).toHaveLength(1);
		now = 5_000;
		await names.addressesOf("mini1", 100);
		expect(dns.asked).toHaveLength(2);
	});

	it("a name never found is unknown, and is looked up at each question", async () => {
		const dns = stub({});
		const names = openNames(dns.look);
		expect(await names.addressesOf("nowhere", 100)).toBeNull();
		dns.answers["nowhere"] = ["10.0.0.9"];
		expect(await names.addressesOf("nowhere", 100)).toEqual(["10.0.0.9"]);
	});

	it("ten names whose lookup hangs again and again do not keep a new one waiting", async () => {
		const hang = new Set<string>();
		const dns = stub({ fresh: ["10.0.0.1"] });
		const names = openNames((host) => (hang.has(host) ? new Promise(() => undefined) : dns.look(host)));
		const hanging = Array.from({ length: 10 }, (_, index) => `hung${index}`);
		// They fail once, and hang from then on.
		for (const host of hanging) await names.addressesOf(host, 100);
		for (const host of hanging) hang.add(host);
		for (const host of hanging) void names.addressesOf(host, 60_000);
		expect(await names.addressesOf("fresh", 5_000)).toEqual(["10.0.0.1"]);
	});

	it("a lookup that hangs holds a question up no longer than it may", async () => {
		const names = openNames(() => new Promise(() => undefined));
		expect(await names.addressesOf("hung", 30)).toBeNull();
	});
});
