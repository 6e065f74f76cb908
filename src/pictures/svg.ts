// Pure. SVG as text: names and numbers in, markup out; what is text is escaped, and nothing else can be written.
import { visible } from "#model/visible";

/** Markup that is ready; only `element` and `picture` make it. */
export interface Svg {
	readonly source: string;
}

type Value = string | number | undefined;
type Child = Svg | string | readonly Svg[] | undefined;

/**
 * An element. Attributes that are undefined are left out, numbers are rounded to hundredths. Children that are strings are
 * text of anybody: made visible and escaped.
 */
export function element(name: string, attributes: Readonly<Record<string, Value>>, ...children: Child[]): Svg {
	const said = Object.entries(attributes)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => ` ${key}="${escapeText(typeof value === "number" ? rounded(value) : (value as string))}"`)
		.join("");
	const inner = children.flatMap((child) => (child === undefined ? [] : child)).map(sourceOf);
	return { source: inner.length === 0 ? `<${name}${said}/>` : `<${name}${said}>${inner.join("")}</${name}>` };
}

const sourceOf = (child: Svg | string): string =>
	typeof child === "string" ? escapeText(visible(child)) : child.source;

/** Markup of a text: no character of it is markup. */
export function escapeText(text: string): string {
	return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function rounded(value: number): string {
	return String(Math.round(value * 100) / 100 || 0);
}

/** A share of a whole as SVG writes lengths that follow the width of the picture. */
export function percent(share: number): string {
	return `${rounded(share * 100)}%`;
}

export interface Frame {
	/** The picture in words, for who cannot see it. */
	readonly words: string;
	readonly class: string;
	/** In pixels; the width is that of the place it stands in. */
	readonly height: number;
}

/**
 * A picture as wide as its place: shapes lie at shares of the width, so that they stretch, and text has the size of the
 * page's own, so that it does not shrink on a phone.
 */
export function picture(frame: Frame, ...children: Child[]): string {
	const { words, height } = frame;
	const attributes = { class: `pic ${frame.class}`, role: "img", "aria-label": visible(words), width: "100%", height };
	return element("svg", attributes, ...children).source;
}

/** Told by browsers when a pointer rests on the shape. */
export function hint(text: string): Svg {
	return element("title", {}, text);
}

/** Lines at an angle, to be filled in by `url(#id)`; the id must be the page's only one. */
export function hatch(id: string, className: string): Svg {
	const line = element("path", { d: "M0 0V6", class: className });
	const attributes = { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
	return element("defs", {}, element("pattern", attributes, line));
}
