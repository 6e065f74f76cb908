// Browser view. The cluster's board, for a cluster of many nodes when the site was built: the list is there at once.
import { boardBy } from "./board.tsx";
import { clusterFeed } from "./cluster-feed.ts";
import { live } from "./live.tsx";
import NodeTable from "./NodeTable.tsx";

export const bigClusterView = boardBy(NodeTable);

export default live(clusterFeed, bigClusterView);
