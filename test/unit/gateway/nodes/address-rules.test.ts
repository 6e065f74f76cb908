// Specification of which addresses may be asked: what an address is, not how it is spelled, decides.
import { describe, expect, it } from "vitest";
import {
	DEFAULT_NODE_PORTS,
	refusedAddress,
	refusedPort,
	splitAddress,
} from "../../../../src/gateway/nodes/address-rules.ts";

const OPEN = { isLoopbackAllowed: false };
const EMBEDDED = { isLoopbackAllowed: true };

describe("always refused", () => {
	it.each([
		["169.254.169.254", "a link-local address"],
		["169.254.0.1", "a link-local address"],
		["fe80::1", "a link-local address"],
		["FEBF:FFFF::1", "a link-local address"],
		["fd00:ec2::254", "a cloud's metadata address"],
		["FD00:0EC2:0:0:0:0:0:254", "a cloud's metadata address"],
		["fd20:ce::254", "a cloud's metadata address"],
		["168.63.129.16", "a cloud's metadata address"],
		["100.100.100.200", "a cloud's metadata address"],
		["0.0.0.0", "the unspecified address"],
		["0.1.2.3", "the unspecified address"],
		["::", "the unspecified address"],
		["224.0.0.1", "a multicast address"],
		["239.255.255.255", "a multicast address"],
		["ff02::1", "a multicast address"],
		["255.255.255.255", "the broadcast address"],
		["240.0.0.1", "a reserved address"],
		["::ffff:169.254.169.254", "169.254.169.254 is a link-local address"],
		["::ffff:a9fe:a9fe", "169.254.169.254 is a link-local address"],
		["0:0:0:0:0:ffff:a9fe:a9fe", "169.254.169.254 is a link-local address"],
		["::169.254.169.254", "169.254.169.254 is a link-local address"],
		["::a9fe:a9fe", "169.254.169.254 is a link-local address"],
		["::ffff:0:a9fe:a9fe", "169.254.169.254 is a link-local address"],
		["64:ff9b::a9fe:a9fe", "169.254.169.254 is a link-local address"],
		["64:ff9b::169.254.169.254", "169.254.169.254 is a link-local address"],
		["64:ff9b:1::a9fe:a9fe", "169.254.169.254 is a link-local address"],
		["2002:a9fe:a9fe::1", "169.254.169.254 is a link-local address"],
		// Teredo writes the address inverted: ~a9fe = 5601.
		["2001:0:1:2:3:4:5601:5601", "169.254.169.254 is a link-local address"],
		["2001:db8::5efe:a9fe:a9fe", "169.254.169.254 is a link-local address"],
		["::ffff:0.0.0.0", "0.0.0.0 is the unspecified address"],
		["::ffff:255.255.255.255", "255.255.255.255 is the broadcast address"],
		["fe80::1%eth0", "is no IP address"],
		["::1%lo", "is no IP address"],
		["localhost", "is no IP address"],
		["127.1", "is no IP address"],
		["2130706433", "is no IP address"],
		["0x7f.0.0.1", "is no IP address"],
		["unix:/run/x.sock", "is no IP address"],
		["", "is no IP address"],
	])("%s: %s", (address, why) => {
		expect(refusedAddress(address, OPEN)).toContain(why);
		expect(refusedAddress(address, EMBEDDED)).toContain(why);
	});
});

describe("this machine", () => {
	it.each([
		"127.0.0.1",
		"127.255.255.254",
		"::1",
		"0:0:0:0:0:0:0:1",
		"::ffff:127.0.0.1",
		"::ffff:7f00:1",
		"2002:7f00:1::",
	])("%s: only for a gateway that is reached from this machine only", (address) => {
		expect(refusedAddress(address, OPEN)).toContain("this machine itself");
		expect(refusedAddress(address, EMBEDDED)).toBeNull();
	});
});

describe("allowed", () => {
	it.each([
		"10.0.0.1",
		"192.168.1.5",
		"172.16.0.9",
		"100.64.0.1",
		"203.0.113.9",
		"168.63.129.17",
		"223.255.255.255",
		"128.0.0.1",
		"169.253.255.255",
		"fd00:ec2::255",
		"fd12:3456::1",
		"2001:db8::1",
		"fec0::1",
		"::ffff:10.0.0.1",
		"64:ff9b::a00:1",
		"2002:a00:1::1",
	])("%s", (address) => {
		expect(refusedAddress(address, OPEN)).toBeNull();
	});
});

describe("ports of discovered nodes", () => {
	it.each([
		[50_051, null],
		[50_099, null],
		[50_050, "port 50050 is outside COORD_NODE_PORTS (50051-50099)"],
		[22, "port 22 is outside COORD_NODE_PORTS (50051-50099)"],
	])("%d: %s", (port, expected) => {
		expect(refusedPort(port, DEFAULT_NODE_PORTS)).toBe(expected);
	});

	it("single ports and several ranges", () => {
		const ranges = [
			{ from: 6_000, to: 6_000 },
			{ from: 7_000, to: 7_009 },
		];
		expect(refusedPort(6_000, ranges)).toBeNull();
		expect(refusedPort(6_001, ranges)).toBe("port 6001 is outside COORD_NODE_PORTS (6000,7000-7009)");
	});
});

it.each([
	["10.0.0.1:50051", { host: "10.0.0.1", port: 50_051 }],
	["[::1]:1", { host: "::1", port: 1 }],
])("%s is %o", (address, parts) => {
	expect(splitAddress(address)).toEqual(parts);
});
