// Edge(files). A card as PNG: the same card gives the same bytes, and is drawn once.
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import satori from "satori";
import sharp from "sharp";
import { type CardWords, cardMarkup, FAMILY, HEIGHT, WIDTH } from "./card-markup.ts";

/** The type of the site, as far as it has letters. */
const SCRIPTS = ["latin", "latin-ext", "cyrillic", "greek", "vietnamese"] as const;
const WEIGHTS = [400, 600] as const;

/** The build's own place may be anywhere: packages lie where it was started. */
const { resolve: locate } = createRequire(join(process.cwd(), "package.json"));

type Fonts = Parameters<typeof satori>[1]["fonts"];
let loaded: Promise<{ fonts: Fonts; digest: string }> | null = null;

/** The image's bytes: of the cache where the card, the type and what draws it are the same, else drawn now. */
export async function cardImage(words: CardWords): Promise<Uint8Array> {
	loaded ??= loadFonts();
	const { fonts, digest } = await loaded;
	const markup = cardMarkup(words);
	const folder = resolve(process.env["COORD_CACHE"] || ".cache", "cards");
	const key = createHash("sha256")
		.update(JSON.stringify([markup, digest]))
		.digest("hex");
	const file = join(folder, `${key}.png`);
	const known = await readFile(file).catch(absent);
	if (known !== null) return known;
	const svg = await satori(markup as Parameters<typeof satori>[0], { width: WIDTH, height: HEIGHT, fonts });
	const png = await sharp(Buffer.from(svg)).png({ palette: true, colours: 64, compressionLevel: 9 }).toBuffer();
	await mkdir(folder, { recursive: true });
	// Whole or not at all: another build may read the cache at this moment.
	const draft = `${file}.${process.pid}`;
	await writeFile(draft, png);
	await rename(draft, file);
	return png;
}

async function loadFonts(): Promise<{ fonts: Fonts; digest: string }> {
	const hash = createHash("sha256");
	for (const name of ["satori", "sharp"]) hash.update(await versionOf(name));
	const fonts = await Promise.all(
		SCRIPTS.flatMap((script) =>
			WEIGHTS.map(async (weight) => {
				const file = `@fontsource/ibm-plex-sans/files/ibm-plex-sans-${script}-${weight}-normal.woff`;
				return { name: `${FAMILY} ${script}`, data: await readFile(locate(file)), weight, style: "normal" as const };
			}),
		),
	);
	for (const { data } of fonts) hash.update(data);
	return { fonts, digest: hash.digest("hex") };
}

async function versionOf(name: string): Promise<string> {
	const text = await readFile(join(process.cwd(), "node_modules", name, "package.json"), "utf8");
	return String(JSON.parse(text).version);
}

function absent(error: NodeJS.ErrnoException): null {
	if (error.code === "ENOENT") return null;
	throw error;
}
