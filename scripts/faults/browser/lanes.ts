// Pure. The browser's rows in lanes of about one length.
import type { OwnRow } from "../world.ts";
import { browserRows } from "./rows.ts";

const LANES = 3;

export const browserLanes: readonly (readonly OwnRow[])[] = Array.from({ length: LANES }, (_, lane) =>
	browserRows.filter((_row, index) => index % LANES === lane),
);
