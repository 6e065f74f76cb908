// Edge(fs). The store in a folder: for one gateway that is started again, or several beside each other on one machine.
import { type JournalOptions, openJournal } from "./journal.ts";
import { openLeaseFiles } from "./lease-file.ts";
import { openSnapshotFiles } from "./snapshot-file.ts";
import type { StateStore } from "./store.ts";

export interface FileStoreOptions extends JournalOptions {
	/** Monotonic, ms. */
	readonly now?: () => number;
}

/** The store in `folder`, which is made when something is first kept in it. */
export function fileStore(folder: string, options: FileStoreOptions = {}): StateStore {
	const snapshots = openSnapshotFiles(folder, options.lookEveryMs);
	const reports = openJournal(folder, options);
	return {
		right: openLeaseFiles(folder, options.now),
		snapshots,
		reports,
		async close() {
			snapshots.close();
			reports.close();
		},
	};
}
