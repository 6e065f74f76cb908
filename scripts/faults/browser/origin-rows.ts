// Edge(browser). Pages that may not ask: of an origin the gateway does not allow, or of https where the gateway has http.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeAuthority } from "#test/certificates";
import { pythonMissing } from "#test/python-node";
import { findChromium } from "../../lib/chromium.ts";
import { freePort, type GatewayProcess } from "../gateway-process.ts";
import type { Run } from "../row.ts";
import { inWorld, type OwnRow } from "../world.ts";
import { startChromium, type Tab } from "./chromium.ts";
import { type Front, startFront } from "./front.ts";
import { isWell, look, untilShown } from "./page.ts";
import { siteAskingAt } from "./site.ts";

/** A name that browsers do not take for this machine, though it leads here. */
const HOST = "gateway.faults.test";
const SHOW_MS = 10_000;
const RECOVER_MS = 31_000;
const PATIENCE_MS = 15_000;

/** The port is part of what the site is built with, so it is chosen first, once. */
let origin: Promise<{ readonly port: number; readonly url: string }> | null = null;
const gatewayOrigin = () => {
	origin ??= freePort().then((port) => ({ port, url: `http://${HOST}:${port}` }));
	return origin;
};

function originRow(
	head: Pick<OwnRow, "id" | "fault" | "promised">,
	words: RegExp,
	isTls: boolean,
	mend: ((gateway: GatewayProcess, front: Front) => Promise<void>) | null,
): OwnRow {
	const play = async (tab: Tab, gateway: GatewayProcess, front: Front): Promise<Run> => {
		await tab.goto(`${front.url}/status/`);
		const showMs = await untilShown(tab, ({ sentence }) => words.test(sentence), SHOW_MS + PATIENCE_MS);
		const { tones, sentence } = await look(tab);
		const isGreen = Object.values(tones).some((tone) => tone === "good" || tone === "warn");
		await mend?.(gateway, front);
		const recoverMs = mend === null ? null : await untilShown(tab, isWell, RECOVER_MS + PATIENCE_MS);
		return { shown: sentence, showMs, recoverMs, problems: isGreen ? ["false green: a node was shown well"] : [] };
	};
	return {
		...head,
		missing: pythonMissing,
		prepare: async (say) => await siteAskingAt((await gatewayOrigin()).url, say),
		async measure(runs, _random, say) {
			const { port, url } = await gatewayOrigin();
			const { dist } = await siteAskingAt(url, say);
			const folder = mkdtempSync(join(tmpdir(), "faults-certificates-"));
			const tls = isTls ? await certificateIn(folder) : null;
			const executable = await findChromium(() => undefined);
			try {
				return await inWorld(
					1,
					async ({ gateway }) => {
						const front = await startFront(dist, port, { tls, connectTo: url });
						const chromium = await startChromium(executable, [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`]);
						const done: Run[] = [];
						try {
							for (let run = 0; run < runs; run++) {
								const tab = await chromium.openTab();
								done.push(await play(tab, gateway, front));
								await tab.close();
								if (mend !== null) {
									await gateway.kill();
									await gateway.restart();
								}
							}
							return done;
						} finally {
							await chromium.close();
							await front.close();
						}
					},
					{ port, env: { COORD_PUBLIC_HOSTS: HOST } },
				);
			} finally {
				rmSync(folder, { recursive: true, force: true });
			}
		},
	};
}

async function certificateIn(folder: string): Promise<{ cert: string; key: string }> {
	const { cert, key } = await (await makeAuthority(folder, "faults")).sign("localhost", "DNS:localhost");
	return { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") };
}

const refused = originRow(
	{
		id: "CORS refusal",
		fault: "a page of an origin that COORD_ORIGINS does not list; then it does",
		promised: { shows: "one sentence with the causes", showMs: SHOW_MS, recoverMs: RECOVER_MS },
	},
	/Can't reach the gateway at http:\S+; .*may not allow this site to ask/,
	false,
	async (gateway, front) => {
		await gateway.kill();
		await gateway.restart({ COORD_ORIGINS: front.url });
	},
);

const mixed = originRow(
	{
		id: "mixed content",
		fault: "a page of https whose gateway has http",
		promised: { shows: "one sentence with the cause and the cure", showMs: SHOW_MS, recoverMs: null },
	},
	/browsers let none of those ask http:\S+ over http.*give the gateway https/,
	true,
	null,
);

export const originRows: readonly OwnRow[] = [refused, mixed];
