// Pure. The browser's rows in lanes of about one length.
import type { OwnRow } from "../world.ts";
import { originRows } from "./origin-rows.ts";
import { proxyRows } from "./proxy-rows.ts";
import { browserRows } from "./rows.ts";

const LANES = 3;

export const browserLanes: readonly (readonly OwnRow[])[] = [
	...Array.from({ length: LANES }, (_, lane) =>
		[...browserRows, ...proxyRows].filter((_row, index) => index % LANES === lane),
	),
	// One port for all of them.
	originRows,
];
