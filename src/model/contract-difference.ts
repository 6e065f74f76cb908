// Pure. How code may differ from a contract, and why it may be impossible to say.

/** How a definition differs from what was promised. */
export const DIFFERENCES = [
	/** Another kind of thing: `found` says which. */
	"kind",
	/** Asynchronous, or not; `found` is the one or the other. */
	"async",
	/** It does not take the parameter `name`; or where that should stand it takes `found`. */
	"parameter-missing",
	"parameter-name",
	/** It takes the promised ones by position in another order: `found` lists them. */
	"parameter-order",
	/** It takes the parameter `name` by name only, or by position only. */
	"keyword-only",
	"positional-only",
	/** It cannot be called without the parameter `name`, which was promised with a default, or not at all. */
	"default-missing",
	"parameter-extra",
	/** Something is promised, and it gives nothing, another number of values, or another type. */
	"result-nothing",
	"result-count",
	"result-type",
	/** Of an rpc. */
	"request",
	"response",
] as const;

/**
 * Parts of a promise that the text does not say enough of, so that it is neither kept nor broken in them: the parameters; the
 * result; of a result only what it holds, while its kind and its number of values are as promised.
 */
export const UNPROVED = ["parameters", "result", "result-parts"] as const;

/** Why what is there cannot be judged by the text alone. */
export const DOUBTS = [
	/** The class inherits from `name`, which is not in the tree, or adds members as it runs: by `name`. */
	"base",
	"dynamic",
	/** It stands under a decorator, `name`, that may make another thing of it. */
	"decorator",
	/** What it holds was assigned, imported from `name`, or made within a function. */
	"assigned",
	"imported",
	"local",
	/** Several classes may be meant by its base `name`. */
	"ambiguous",
	/** The file has a line, `name`, that its parser does not understand. */
	"fault",
] as const;
