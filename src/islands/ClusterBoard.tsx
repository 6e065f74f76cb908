// Browser view. The cluster's board, for a cluster of few nodes when the site was built.
import { boardBy } from "./board.tsx";
import { clusterFeed } from "./cluster-feed.ts";
import { later } from "./later.tsx";
import { live } from "./live.tsx";
import type { TableProps } from "./NodeTable.tsx";

/** Should there be many by now. */
const NodeTable = later<TableProps>(() => import("./NodeTable.tsx"));

export const clusterView = boardBy(NodeTable);

export default live(clusterFeed, clusterView);
