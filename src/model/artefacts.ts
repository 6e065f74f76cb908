// Pure. What builds write into the content folder: no content, so nobody validates, watches or digests it.
export const ARTEFACTS: readonly string[] = [
	"conflict-log.json",
	"activity.json",
	"reality.json",
	"tree.json",
	"news.json",
	"changed.json",
	"cluster.json",
];
