// Pure. Which files are code that somebody of the project wrote.
import type { RawPath } from "#model/history";
import { endingOf, nameOf } from "./extractor.ts";

/** Endings of code. Prose, data and configuration are alike in many folders without being copies of one another. */
const CODE = new Set(
	"py pyx js mjs cjs jsx ts mts cts tsx vue svelte go rs java kt kts scala swift c h cc cpp cxx hpp cu m mm metal cs rb php lua r jl dart ex exs sh bash zsh ps1 sql".split(
		" ",
	),
);

/** Folders of what others wrote, what a tool made, and what a test keeps a second time on purpose. */
const FOREIGN = new Set(
	"node_modules vendor vendored third_party third-party thirdparty external site-packages .venv venv dist build out target __pycache__ migrations gen generated __generated__ pb testdata fixtures __fixtures__ __snapshots__ snapshots golden".split(
		" ",
	),
);

/** Names of what generators write. */
const GENERATED_NAME =
	/(_pb2(_grpc)?\.pyi?|\.pb(\.\w+)?\.\w+|_pb\.[cm]?[jt]s|\.min\.[cm]?js|\.d\.[cm]?ts|\.gen(erated)?\.\w+)$/;

/** `code` for what may have copies; null for others. */
export function sketchKind(path: RawPath): "code" | null {
	return isCode(path) ? "code" : null;
}

function isCode(path: RawPath): boolean {
	if (!CODE.has(endingOf(path)) || GENERATED_NAME.test(nameOf(path))) return false;
	return !path
		.split("/")
		.slice(0, -1)
		.some((folder) => FOREIGN.has(folder.toLowerCase()));
}
