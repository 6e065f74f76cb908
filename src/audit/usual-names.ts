// Pure. Names that stand in many folders of any project: alike, they say nothing of a copy or of a move.
import type { RawPath } from "#model/history";

const USUAL =
	/^(__init__|__main__|__version__|_version|version|index|main|app|setup|conftest|conf|config|settings|constants|types|utils|helpers|models|views|urls|admin|apps|tests?|cli|mod|lib|build|doc|package-info|module-info|gulpfile|gruntfile|webpack\.config|vite\.config|jest\.config|vitest\.config|tailwind\.config|postcss\.config|eslint\.config|next\.config|rollup\.config|tsup\.config|babel\.config|prettier\.config|playwright\.config|build\.gradle|settings\.gradle|readme|license|dockerfile|makefile|package)(\.|$)/i;

/** Whether a last name is one that any folder may have. */
export function isUsualName(name: RawPath): boolean {
	return USUAL.test(name);
}

/** The last name of a path. */
export function lastName(path: RawPath): RawPath {
	return path.slice(path.lastIndexOf("/") + 1);
}
