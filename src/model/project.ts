// Pure. content/project.yaml: who coordinates, what is audited, which evidence counts.
import { z } from "zod";
import { contentDate, emailPattern, text } from "./field.ts";

/** `host:port`, or `[v6]:port`. */
export const nodeAddress = z
	.string()
	.regex(/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9_.-]+):\d{1,5}$/, "expected host:port, e.g. 127.0.0.1:50051")
	.refine((value) => {
		const port = Number(value.slice(value.lastIndexOf(":") + 1));
		return port >= 1 && port <= 65_535;
	}, "expected a port from 1 to 65535");

/** A DNS name whose SRV records list nodes (RFC 2782). */
export const srvName = z
	.string()
	.max(253)
	.regex(/^_[A-Za-z0-9-]+\._(tcp|udp)(\.[A-Za-z0-9_-]+)+\.?$/, "expected an SRV name, e.g. _mlx._tcp.example.org");

/** Files of certificates in PEM, relative to the content folder. */
const nodeTls = z
	.strictObject({
		/** Authorities that may sign the node's certificate; without it, those the system trusts. */
		ca: text.optional(),
		/** Certificate and key the gateway shows to nodes that want one (mTLS). */
		cert: text.optional(),
		key: text.optional(),
		/** The name the node's certificate is for, where it is not its host. */
		serverName: text.optional(),
	})
	.refine(({ cert, key }) => (cert === undefined) === (key === undefined), "cert and key belong together");

/** How nodes are asked over TLS. */
export interface ConfiguredTls {
	readonly ca?: string | undefined;
	readonly cert?: string | undefined;
	readonly key?: string | undefined;
	readonly serverName?: string | undefined;
}

/** A node; `tls` undefined: as the settings say for all · null: in plaintext. */
export interface ConfiguredNode {
	readonly id: string;
	readonly address: string;
	readonly tls?: ConfiguredTls | null;
}

/** Nodes that are found through DNS. */
export interface ConfiguredSrv {
	readonly srv: string;
	readonly tls?: ConfiguredTls | null;
}

/** A node of the cluster, or a name that lists some; a bare string is its address, and the address its id. */
const nodeContent = z.preprocess(
	(value) => {
		if (typeof value !== "string") return value;
		return value.startsWith("srv:") ? { srv: value.slice("srv:".length) } : { address: value };
	},
	z
		.strictObject({
			id: text.optional(),
			/** host:port */
			address: nodeAddress.optional(),
			srv: srvName.optional(),
			/** `true`: TLS with the authorities the system trusts · `false`: plaintext. */
			tls: z.union([z.boolean(), nodeTls]).optional(),
		})
		.superRefine(({ id, address, srv }, context) => {
			const wrong = (message: string) => context.addIssue({ code: "custom", message });
			if (address === undefined && srv === undefined) wrong("expected an address (host:port), or srv (a DNS name)");
			if (address !== undefined && srv !== undefined) wrong("a node has an address, or is found through srv: not both");
			if (id !== undefined && srv !== undefined) wrong("nodes found through srv are named by their addresses");
		})
		.transform(({ id, address = "", srv, tls }): ConfiguredNode | ConfiguredSrv => {
			const how = tls === undefined ? {} : { tls: tls === true ? {} : tls === false ? null : tls };
			return srv === undefined ? { id: id ?? address, address, ...how } : { srv, ...how };
		}),
);

const zone = z.string().refine((value) => {
	try {
		new Intl.DateTimeFormat("en", { timeZone: value });
		return true;
	} catch {
		return false;
	}
}, "expected a time zone such as UTC or Europe/Amsterdam");

/** A time of day in the project's time zone. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day in quotes, e.g. "09:30"');

/** The file's place may stand anywhere but in the host. */
function isEditUrl(value: string): boolean {
	const [before = "", after, ...more] = value.split("{path}");
	if (after === undefined || more.length > 0 || !/^https:\/\/[^/?#]+[/?#]/.test(before)) return false;
	return !/\s/.test(value) && URL.canParse(`${before}x${after}`);
}

export const projectSchema = z.strictObject({
	name: text,
	/** One or two sentences: what is coordinated here. */
	description: text.nullable().default(null),
	/** Zone of dates in content that name none. */
	timezone: zone.default("UTC"),
	/** When people last said the guide is up to date. */
	updatedAt: contentDate.nullable().default(null),
	coordinator: z
		.strictObject({
			name: text.default("Coordinator"),
			identities: z
				.strictObject({ emails: z.array(emailPattern).default([]), trailers: z.array(text).default([]) })
				.prefault({}),
		})
		.prefault({}),
	repository: z
		.strictObject({
			/** Folder of the audited repository; null: the sample repository. `--repo` and COORD_REPO override it. */
			path: text.nullable().default(null),
			/** Public address, for links to commits. */
			url: z
				.url({ protocol: /^https$/ })
				.nullable()
				.default(null),
			refs: z.array(text).min(1).default(["HEAD"]),
			window: z.strictObject({ since: contentDate.nullable().default(null) }).prefault({}),
		})
		.prefault({}),
	site: z
		.strictObject({
			/**
			 * Where the content's files can be edited; `{path}` stands for the file below the content folder, e.g.
			 * `https://github.com/owner/name/edit/main/content/{path}`. Null: pages name the file alone.
			 */
			editUrl: z
				.string()
				.refine(isEditUrl, "expected an https address with `{path}` once, behind the host")
				.nullable()
				.default(null),
		})
		.prefault({}),
	attribution: z
		.strictObject({
			/** Commit trailer that names the team. */
			trailer: text.default("Team"),
			coordinationTrailer: text.default("Coordinated-by"),
			/** E-mails several teams use: no evidence for any. */
			sharedIdentities: z.array(emailPattern).default([]),
			/** Actors that need no approval: bots, formatters. */
			exempt: z.array(z.strictObject({ email: emailPattern, reason: text })).default([]),
		})
		.prefault({}),
	collision: z.strictObject({ windowHours: z.number().positive().default(24) }).prefault({}),
	atomic: z.strictObject({ maxOtherPaths: z.int().min(0).default(5) }).prefault({}),
	cluster: z
		.strictObject({
			/**
			 * Origin of the gateway that the pages ask; null: where they came from. From elsewhere, that gateway must allow
			 * this site to ask (COORD_ORIGINS), and a site of https needs a gateway of https. The pages' own security policy
			 * lists it; where their host sends one too, that must list it in `connect-src`.
			 */
			gateway: z
				.url({ protocol: /^https?$/, error: "expected an origin, e.g. https://gateway.example.org" })
				.refine((value) => URL.canParse(value) && new URL(value).pathname === "/", "expected an origin without a path")
				.transform((value) => new URL(value).origin)
				.nullable()
				.default(null),
			nodes: z.array(nodeContent).default([]),
			intervalMs: z.int().min(500).default(5_000),
			/** Older than this, a value is greyed with its age. */
			staleAfterMs: z.int().min(1_000).default(15_000),
			/** Older than this, a state reads `unknown`. */
			offlineAfterMs: z.int().min(1_000).default(300_000),
		})
		.prefault({}),
	/** Daily moments at which the teams look at each other's work, in order. */
	syncPoints: z
		.array(z.strictObject({ name: text, purpose: text, time: timeOfDay.nullable().default(null) }))
		.default([]),
	/** What happens when work collides, in order. */
	escalation: z.array(text).default([]),
});
/** The project, with defaults filled in. Dates are UTC instants once the catalog has linked it. */
export type Project = z.output<typeof projectSchema>;
