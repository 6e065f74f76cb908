import { create, toBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { expect, it } from "vitest";
import { clusterRequest, conflictsRequest, teamsRequest } from "#islands/requests.ts";
import {
	GetClusterRequestSchema,
	GetConflictsRequestSchema,
	GetTeamsRequestSchema,
} from "#wire/gen/coordination/v1/status_pb.js";

const version = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n });
const minute = fc.nat({ max: 2 ** 31 - 1 });

it("the bytes of each question are those the library makes of it", () => {
	fc.assert(
		fc.property(version, minute, fc.string({ unit: "grapheme", minLength: 1 }), (known, last, baseline) => {
			expect([...clusterRequest({ version: known, history: { minute: last, byNode: {} } })]).toEqual([
				...toBinary(
					GetClusterRequestSchema,
					create(GetClusterRequestSchema, { knownVersion: known, knownMinute: BigInt(last) }),
				),
			]);
			expect([...teamsRequest({ version: known })]).toEqual([
				...toBinary(GetTeamsRequestSchema, create(GetTeamsRequestSchema, { knownVersion: known })),
			]);
			expect([...conflictsRequest(baseline, { version: known })]).toEqual([
				...toBinary(GetConflictsRequestSchema, create(GetConflictsRequestSchema, { knownVersion: known, baseline })),
			]);
		}),
	);
});

it("who holds nothing asks for all, the history too", () => {
	expect([...clusterRequest(null)]).toEqual([
		...toBinary(GetClusterRequestSchema, create(GetClusterRequestSchema, { knownMinute: 0n })),
	]);
	expect([...teamsRequest(null)]).toEqual([]);
	expect([...conflictsRequest("", null)]).toEqual([]);
});
