// Pure. Small tests of what was fetched; a schema library would weigh more than the rest of the look-up.

/** Whether a value is what it should be. */
export type Shape = (value: unknown) => boolean;

export const text: Shape = (value) => typeof value === "string";
export const flag: Shape = (value) => typeof value === "boolean";
export const whole: Shape = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
/** An instant as ISO text in UTC. */
export const instant: Shape = (value) =>
	typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);

export const oneOf =
	(...words: readonly unknown[]): Shape =>
	(value) =>
		words.includes(value);
export const orNull =
	(shape: Shape): Shape =>
	(value) =>
		value === null || shape(value);
export const optional =
	(shape: Shape): Shape =>
	(value) =>
		value === undefined || shape(value);
export const listOf =
	(shape: Shape): Shape =>
	(value) =>
		Array.isArray(value) && value.every(shape);
export const recordOf =
	(shape: Shape): Shape =>
	(value) =>
		isObject(value) && Object.values(value).every(shape);

/** An object with these fields. Others may stand beside them: within a version the site's answers gain fields. */
export const object =
	(fields: Readonly<Record<string, Shape>>): Shape =>
	(value) =>
		isObject(value) &&
		Object.entries(fields).every(([name, shape]) => shape(Object.hasOwn(value, name) ? value[name] : undefined));

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
