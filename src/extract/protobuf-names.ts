// Pure. Full names in a .proto file.
import type { ProtobufFile } from "#model/tree-facts";

export function joinName(scope: string, name: string): string {
	return scope === "" ? name : `${scope}.${name}`;
}

/** Types of rpcs by their full names: those this file declares, searched from the package outwards as protobuf does. */
export function resolveMethods({
	services,
	messages,
	package: home,
}: Pick<ProtobufFile, "services" | "messages" | "package">): ProtobufFile["services"] {
	const known = new Set(messages.map(({ name }) => name));
	const resolve = (type: string): string => {
		const [, stream = "", name = ""] = /^(stream )?(.*)$/.exec(type) ?? [];
		if (name.startsWith(".")) return `${stream}${name.slice(1)}`;
		for (let scope = home; ; scope = scope.slice(0, Math.max(0, scope.lastIndexOf(".")))) {
			const full = joinName(scope, name);
			if (known.has(full)) return `${stream}${full}`;
			if (scope === "") return type;
		}
	};
	return services.map((service) => ({
		...service,
		methods: service.methods.map((method) => ({
			...method,
			request: resolve(method.request),
			response: resolve(method.response),
		})),
	}));
}
