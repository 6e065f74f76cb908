// Pure. Which files are source of Python and Protobuf; apart from the parsers, which take time to load.
import type { RawPath } from "#model/history";
import { endingOf, nameOf } from "./extractor.ts";

/** What generated a Python file, by its name. */
export function generatedKind(path: RawPath): "grpc" | "protobuf" | null {
	const name = nameOf(path);
	if (name.endsWith("_pb2_grpc.py")) return "grpc";
	return name.endsWith("_pb2.py") ? "protobuf" : null;
}

export function protobufKind(path: RawPath): "proto" | null {
	return endingOf(path) === "proto" ? "proto" : null;
}

export function pythonKind(path: RawPath): "python" | null {
	return /^pyi?$/.test(endingOf(path)) ? "python" : null;
}
