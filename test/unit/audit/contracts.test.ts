import { describe, expect, test } from "vitest";
import { judgeContracts } from "#audit/contracts";
import { python } from "#extract/python";
import { type Contract, contractSchema } from "#model/contract";
import type { ContractReality } from "#model/reality";
import type { ProtobufFile, TreeFacts, Unread } from "#model/tree-facts";
import { differenceWords, doubtWords } from "#report/contract-words";

const past = { lastTouches: () => new Map() };

function judge(
	contract: Readonly<Record<string, unknown>>,
	files: Readonly<Record<string, string>>,
	facts: Partial<Pick<TreeFacts, "protobuf" | "unread">> = {},
): ContractReality {
	const content = { from: "a", to: "b", title: "T", symbol: "A", members: [{ name: "f" }], ...contract };
	const promised: Contract = { ...contractSchema.parse(content), id: "c", file: "content/contracts/c.yaml" };
	const modules = Object.entries(files).map(([path, text]) => [path, python.extract(text, "python")] as const);
	const all = { python: new Map(modules), protobuf: new Map(), unread: [], ...facts };
	const [judged] = judgeContracts([promised], [], all, past);
	return judged?.reality as ContractReality;
}

/** `path:line state: words`, one a difference or doubt. */
function describePlaces({ members }: ContractReality): string[] {
	return members.flatMap(({ places }) =>
		places.flatMap(({ path, line, state, doubt, differences }) => {
			const said = doubt === null ? differences.map(differenceWords) : [doubtWords(doubt)];
			return (said.length === 0 ? [""] : said).map(
				(words) => `${path}:${line} ${state}${words === "" ? "" : `: ${words}`}`,
			);
		}),
	);
}

/** What is said of one method in a class A. */
function compare(member: Readonly<Record<string, unknown>>, method: string, before = ""): string {
	const text = `${before}class A:\n${method.replace(/^/gm, "    ")}\n`;
	const [only, ...others] = describePlaces(judge({ members: [{ name: "f", ...member }] }, { "a.py": text }));
	return [only, ...others].map((one) => one?.replace(/^a\.py:\d+ /, "")).join("; ");
}

describe("parameters", () => {
	const three = { parameters: ["model", "dataset", "config"] };

	test.each([
		["(self, model, dataset, config)"],
		["(self, model, dataset, config=None)"],
		["(self, model, dataset, config, verbose=False, *, log=None)"],
		["(self, model, dataset, config, *args, **kwargs)"],
		["(self, *args, **kwargs)"],
		["(self, **kwargs)"],
		["(self, model, *args)"],
		["(self, model, **rest)"],
		["(self, model: Model, dataset: Dataset, config: Config | None = None) -> Model"],
	])("are kept by %s", (parameters) => {
		expect(compare(three, `def f${parameters}: ...`)).toBe("kept");
	});

	test.each([
		["(self, model, dataset)", "does not take “config”"],
		["(self, model, data, config)", "takes “data” where “dataset” is promised"],
		["(self, model, data=None, config=None)", "takes “data” where “dataset” is promised"],
		["(self, dataset, model, config)", "takes (dataset, model, config) by position, promised (model, dataset, config)"],
		[
			"(self, model, verbose=False, dataset=None, config=None)",
			"takes (model, verbose, dataset, config) by position, promised (model, dataset, config)",
		],
		["(self, model, dataset, config, epochs)", "needs “epochs”, which is not promised"],
		["(self, model, dataset, config, *, epochs)", "needs “epochs”, which is not promised"],
		["(self, state, model, dataset, config)", "needs “state”, which is not promised"],
		["(self, model, dataset, *, config)", "takes “config” by name only"],
		["(self, model, /, dataset, config)", "takes “model” by position only"],
		["(self)", "does not take “model”; differs: does not take “dataset”; differs: does not take “config”"],
	])("differ in %s", (parameters, words) => {
		expect(compare(three, `def f${parameters}: ...`)).toBe(`differs: ${words}`);
	});

	test.each([
		[["self", "a", "b: int = 1"], "def f(self, a, b): ...", "differs: needs “b”, promised with a default"],
		[["a", "*", "b"], "def f(self, a, *, b): ...", "kept"],
		[["a", "/"], "def f(self, x, /): ...", "differs: takes “x” where “a” is promised"],
		[["a", "**options"], "def f(self, a): ...", "differs: does not take “**options”"],
		[["*args"], "def f(self, *rest): ...", "kept"],
		[["*args"], "def f(self, a, b): ...", "differs: does not take “*args”"],
		[[], "def f(self, a): ...", "differs: needs “a”, which is not promised"],
		[[], "def f(self, a=1): ...", "kept"],
		// What is no notation of Python is not compared; nor what is not promised.
		[["the model"], "def f(self): ...", "kept"],
		[null, "def f(self, a): ...", "kept"],
	])("promised as %j, found %s", (parameters, method, words) => {
		expect(compare({ parameters }, method)).toBe(words);
	});
});

describe("async", () => {
	test.each([
		[true, "async def f(self): ...", "kept"],
		[false, "def f(self): ...", "kept"],
		[true, "def f(self): ...", "differs: is not async, promised async"],
		[false, "async def f(self): ...", "differs: is async, promised not async"],
		[true, "def f(self) -> Awaitable[int]: ...", "kept"],
		[true, "def f(self) -> 'asyncio.Task[int]': ...", "kept"],
	])("promised %s, found %s", (async, method, words) => {
		expect(compare({ async }, method)).toBe(words);
	});
});

describe("the result", () => {
	test.each([
		["trained_model", "def f(self): return model", "kept"],
		["trained_model", "def f(self) -> Model: ...", "kept"],
		["trained_model", "def f(self) -> None: ...", "differs: says that it gives nothing, promised “trained_model”"],
		["trained_model", "def f(self):\n    print(1)", "differs: gives nothing, promised “trained_model”"],
		["trained_model", "def f(self): ...", "kept"],
		["trained_model", "def f(self):\n    raise NotImplementedError", "kept"],
		["trained_model", "@abstractmethod\ndef f(self):\n    print(1)", "kept"],
		["trained_model", "def f(self):\n    yield 1", "kept"],
		["trained_model or None", "def f(self) -> None: ...", "kept"],
		["None", "def f(self) -> int: ...", "kept"],
		["(logits, cache)", "def f(self): return x, y", "kept"],
		["(logits, cache)", "def f(self): return self.g()", "kept"],
		["(logits, cache)", "def f(self):\n    if x: return None\n    return a, b", "kept"],
		["(logits, cache)", "def f(self): return [a, b]", "kept"],
		["(logits, cache)", "def f(self) -> Tuple[mx.array, Dict[str, int]]: ...", "kept"],
		["(logits, cache)", "def f(self) -> Tuple[int, ...]: ...", "kept"],
		["(logits, cache)", "def f(self) -> Optional[Tuple[int, int, int]]: ...", "kept"],
		["(logits, cache)", "def f(self) -> Output: ...", "kept"],
		["(logits, cache)", "def f(self): return a, b, c", "differs: gives 3 values, promised “(logits, cache)”"],
		["(logits, cache)", "def f(self): return {}", "differs: gives a dictionary, promised “(logits, cache)”"],
		[
			"(logits, cache)",
			"def f(self) -> tuple[int, int, int]: ...",
			"differs: gives “tuple[int, int, int]”, promised “(logits, cache)”",
		],
		["(logits, cache)", "def f(self) -> List[int]: ...", "differs: gives “List[int]”, promised “(logits, cache)”"],
		["dict[str, float]", "def f(self) -> Dict[str, float]: ...", "kept"],
		["dict", "def f(self) -> str: ...", "differs: gives “str”, promised “dict”"],
		["dict", "def f(self) -> Optional[str]: ...", "kept"],
		["dict", "def f(self) -> Metrics: ...", "kept"],
		["float", "def f(self) -> int: ...", "kept"],
		["int", "def f(self) -> bool: ...", "kept"],
		["int", "def f(self) -> float: ...", "differs: gives “float”, promised “int”"],
		["bytes", "def f(self) -> str: ...", "differs: gives “str”, promised “bytes”"],
		["bytes", "def f(self): return b'x'", "kept"],
		["bool", "def f(self) -> int: ...", "differs: gives “int”, promised “bool”"],
		["str", "def f(self): return 'x'", "kept"],
		["str", "def f(self): return 1", "differs: gives a number, promised “str”"],
		["Model", "def f(self) -> Trainer: ...", "kept"],
	])("promised %s, found %s", (returns, method, words) => {
		expect(compare({ returns }, method)).toBe(words);
	});
});

describe("what is left open of a promise that is kept", () => {
	const open = (member: Readonly<Record<string, unknown>>, body: string) => {
		const text = `class A:\n${body.replace(/^/gm, "    ")}\n`;
		const { members } = judge({ members: [{ name: "f", ...member }] }, { "a.py": text });
		return members.flatMap(({ places }) => places.map(({ state, unproved }) => [state, ...unproved].join(" ")));
	};

	test.each([
		// What is not promised is not open.
		[null, "def f(self): return model", "kept"],
		["trained_model", "def f(self): return model", "kept result"],
		["trained_model", "def f(self) -> trained_model: ...", "kept"],
		["Model", 'def f(self) -> "Model": ...', "kept"],
		["Model", "def f(self) -> Trainer: ...", "kept result"],
		["Model", "def f(self): ...", "kept result"],
		["int", "def f(self):\n    yield 1", "kept result"],
		["(logits, cache)", "def f(self): return input_ids, cache", "kept result-parts"],
		["(logits, cache)", "def f(self): return self.g()", "kept result"],
		["(logits, cache)", "def f(self):\n    if x: return None\n    return a, b", "kept result"],
		["(logits, cache)", "def f(self) -> tuple[Array, Cache]: ...", "kept result-parts"],
		["dict", "def f(self) -> Dict[str, float]: ...", "kept"],
		["dict", "def f(self): return {}", "kept"],
		["dict[str, float]", "def f(self) -> Dict[str,float]: ...", "kept"],
		["dict[str, float]", "def f(self) -> dict: ...", "kept result-parts"],
		["dict[str, float]", "def f(self): return {}", "kept result-parts"],
		["float", "def f(self) -> int: ...", "kept"],
		// A literal number may be an int or a float, a text may be bytes.
		["int", "def f(self): return 1", "kept result-parts"],
		["str", "def f(self): return b'x'", "kept result-parts"],
		["None", "def f(self):\n    print(1)", "kept"],
		["None", "def f(self) -> None: ...", "kept"],
		["None", "def f(self): return 1", "kept result"],
	])("of the result: promised %s, found %s", (returns, body, told) => {
		expect(open({ returns }, body)).toEqual([told]);
	});

	test("of parameters that are no notation of Python; of an attribute without annotation", () => {
		expect(open({ parameters: ["a, b"] }, "def f(self, x): ...")).toEqual(["kept parameters"]);
		expect(open({ parameters: ["a"] }, "def f(self, a): ...")).toEqual(["kept"]);
		expect(open({ kind: "attribute", returns: "int" }, "f = 1")).toEqual(["kept result"]);
		expect(open({ kind: "attribute", returns: "int" }, "f: int = 1")).toEqual(["kept"]);
	});

	test("nothing is open of what was not judged", () => {
		expect(open({ returns: "Model" }, "@retry\ndef f(self): ...")).toEqual(["unknown"]);
		expect(open({ returns: "Model" }, "def g(self): ...")).toEqual(["absent"]);
	});
});

describe("what stands there", () => {
	test.each([
		[
			"a decorator that may change it",
			"@retry(3)\ndef f(self): ...",
			"unknown: the decorator @retry may make another thing of it",
		],
		["a decorator that does not", "@staticmethod\n@functools.lru_cache\ndef f(a, b, c): ...", "kept"],
		["an attribute", "f = make()", "unknown: it is assigned, and what it holds shows only as the program runs"],
		["a property", "@property\ndef f(self): ...", "differs: is a property, promised a method"],
		["an implementation below its overloads", "@overload\ndef f(self): ...\ndef f(self, a=1, b=2, c=3): ...", "kept"],
		["overloads alone", "@overload\ndef f(self): ...\n@overload\ndef f(self, a, b, c): ...", "kept"],
		[
			"the last of several",
			"def f(self, a, b, c): ...\ndef f(self, a): ...",
			"differs: does not take “b”; differs: does not take “c”",
		],
		[
			"any of several under a condition",
			"if x:\n    def f(self, a, b, c): ...\nelse:\n    def f(self, a): ...",
			"kept",
		],
		["nothing", "def g(self): ...", "absent"],
	])("%s", (_, body, words) => {
		const parameters = words.startsWith("kept") || words.includes("“b”") ? ["a", "b", "c"] : null;
		expect(compare({ parameters }, body)).toBe(words);
	});

	test.each([
		["x: int = 1", "kept"],
		["x: str = 1", "differs: gives “str”, promised “int”"],
		["def __init__(self):\n    self.x = 1", "kept"],
		["@property\ndef x(self) -> int: ...", "kept"],
		["@property\ndef x(self) -> str: ...", "differs: gives “str”, promised “int”"],
		["@x.setter\ndef x(self, value): ...", "kept"],
		["def x(self): ...", "differs: is a method, promised an attribute"],
		["y = 1", "absent"],
	])("where an attribute is promised: %s", (body, words) => {
		expect(compare({ name: "x", kind: "attribute", returns: "int" }, body)).toBe(words);
	});
});

describe("inheritance", () => {
	test.each([
		["from a base in the module", { "a.py": "class B:\n    def f(self): ...\nclass A(B): pass\n" }, "a.py:2 kept"],
		[
			"from a base that is imported",
			{ "p/a.py": "from .b import B as C\nclass A(C): pass\n", "p/b.py": "class B:\n    def f(self): ...\n" },
			"p/b.py:2 kept",
		],
		[
			"from a base through a package's own imports",
			{
				"src/p/a.py": "from p import b\nclass A(b.B[int]): pass\n",
				"src/p/b/__init__.py": "from .c import *\n",
				"src/p/b/c.py": "class B:\n    def f(self): ...\n",
			},
			"src/p/b/c.py:2 kept",
		],
		[
			"not from a base with nothing of it",
			{ "a.py": "class B(ABC): pass\nclass A(B, Generic[T]): pass\n" },
			"a.py:2 absent",
		],
		[
			"perhaps from a base outside of the tree",
			{ "a.py": "import torch\nclass A(torch.nn.Module): pass\n" },
			"a.py:2 unknown: it may be inherited from torch.nn.Module, which was not found in the tree",
		],
		[
			"not from a namesake of a base that is imported from elsewhere",
			{ "a.py": "from trl import B\nclass A(B): pass\n", "b.py": "class B:\n    def f(self): ...\n" },
			"a.py:2 unknown: it may be inherited from B, which was not found in the tree",
		],
		[
			"not told for sure where two may be meant",
			{
				"x/a.py": "from b.c import B\nclass A(B): pass\n",
				"y/b/c.py": "class B:\n    def f(self): ...\n",
				"z/b/c.py": "class B:\n    def f(self, a): ...\n",
			},
			"x/a.py:2 unknown: several classes of the tree may be the base B",
		],
		[
			"from the one whose root is nearest",
			{
				"y/a.py": "from b.c import B\nclass A(B): pass\n",
				"y/b/c.py": "class B:\n    def f(self): ...\n",
				"z/b/c.py": "class B:\n    def f(self, a): ...\n",
			},
			"y/b/c.py:2 kept",
		],
		[
			"without an end",
			{ "a.py": "class A(B): pass\nclass B(A): pass\n" },
			"a.py:1 unknown: it may be inherited from A, which was not found in the tree",
		],
		[
			"as the program runs",
			{ "a.py": "class A:\n    def __getattr__(self, name): ...\n" },
			"a.py:1 unknown: __getattr__ may add it as the program runs",
		],
		[
			"from elsewhere, where the class is but a stand-in",
			{ "a.py": "try:\n    from fast import A\nexcept ImportError:\n    class A: pass\n" },
			"a.py:4 unknown: it is imported from fast",
		],
		[
			"by a decorator of the class",
			{ "a.py": "@register\nclass A: pass\n" },
			"a.py:2 unknown: @register may add it as the program runs",
		],
		["not by a decorator that adds nothing", { "a.py": "@dataclass\nclass A: pass\n" }, "a.py:2 absent"],
	])("%s", (_, files, words) => {
		const told = describePlaces(judge({ members: [{ name: "f", parameters: [] }] }, files));

		expect(told).toEqual([words]);
	});
});

test("bases and imports that lead everywhere and in circles are followed once", { timeout: 10_000 }, () => {
	const steps = Array.from({ length: 18 }, (_, step) => step);
	const bases = (step: number) => Array.from({ length: 30 }, () => `B${step + 1}`).join(", ");
	const classes = steps.map((step) => `class B${step}(${bases(step)}): pass\n`).join("");
	const everything = steps.map((step) => `from .m${step} import *\n`).join("");
	const modules = Object.fromEntries(steps.map((step) => [`p/m${step}.py`, everything]));
	const files = { "a.py": `${classes}class B18: pass\nclass A(B0): pass\n`, ...modules };
	const other = { ...modules, "p/a.py": `${everything}class A(Nowhere): pass\n` };

	expect(describePlaces(judge({}, files))).toEqual(["a.py:20 absent"]);
	expect(describePlaces(judge({}, other))).toEqual([
		"p/a.py:19 unknown: it may be inherited from Nowhere, which was not found in the tree",
	]);
});

test("attributes that a class is given as it runs are not known, methods are", () => {
	const files = { "a.py": "class A:\n    def __init__(self, **more):\n        self.__dict__.update(more)\n" };

	expect(describePlaces(judge({ members: [{ name: "x", kind: "attribute" }, { name: "f" }] }, files))).toEqual([
		"a.py:1 unknown: setattr may add it as the program runs",
		"a.py:1 absent",
	]);
});

describe("the symbol", () => {
	const a = "class A:\n    def f(self): ...\n";
	const drifted = "class A:\n    async def f(self): ...\n";
	const other = "class A:\n    def g(self): ...\n";

	test("is judged wherever it is defined", () => {
		expect(describePlaces(judge({}, { "z.py": a, "old/z.py": drifted }))).toEqual([
			"old/z.py:2 differs: is async, promised not async",
			"z.py:2 kept",
		]);
	});

	test("in tests counts only where there is no other", () => {
		expect(describePlaces(judge({}, { "z.py": a, "tests/z.py": drifted, "test_z.py": drifted }))).toEqual([
			"z.py:2 kept",
		]);
		expect(describePlaces(judge({}, { "tests/z.py": drifted }))).toEqual([
			"tests/z.py:2 differs: is async, promised not async",
		]);
	});

	test("is something else where another keeps all that is promised and this one lacks a part", () => {
		expect(describePlaces(judge({}, { "z.py": a, "old/z.py": other }))).toEqual(["z.py:2 kept"]);
		expect(describePlaces(judge({}, { "z.py": drifted, "old/z.py": other }))).toEqual([
			"old/z.py:1 absent",
			"z.py:2 differs: is async, promised not async",
		]);
		const modules = { "p/z.py": "def f(): ...\n", "q/z.py": "async def f(): ...\n" };
		expect(describePlaces(judge({ symbol: "z" }, modules))).toEqual(["p/z.py:1 kept"]);
	});

	test("may be a class with its module or outer class, a function, a module, a name", () => {
		const files = {
			"p/m.py": "class A:\n    class B:\n        def f(self): ...\ndef f(): ...\nC = make()\n",
			"q/m.py": "def f(x): ...\n",
		};

		expect(describePlaces(judge({ symbol: "A.B" }, files))).toEqual(["p/m.py:3 kept"]);
		expect(describePlaces(judge({ symbol: "p.m.A.B" }, files))).toEqual(["p/m.py:3 kept"]);
		expect(describePlaces(judge({ symbol: "q.m.A" }, files))).toEqual([]);
		expect(describePlaces(judge({ symbol: "m" }, files))).toEqual(["p/m.py:4 kept", "q/m.py:1 kept"]);
		expect(describePlaces(judge({ symbol: "q.f", members: [{ name: "f", parameters: [] }] }, files))).toEqual([]);
		expect(describePlaces(judge({ symbol: "q.m.f", members: [{ name: "f", parameters: [] }] }, files))).toEqual([
			"q/m.py:1 differs: needs “x”, which is not promised",
		]);
		expect(describePlaces(judge({ symbol: "C" }, files))).toEqual([
			"p/m.py:5 unknown: it is assigned, and what it holds shows only as the program runs",
		]);
	});

	test("a module has what it imports from the tree", () => {
		const files = { "p/__init__.py": "from .m import f\nfrom other import g\n", "p/m.py": "def f(a): ...\n" };
		const members = [{ name: "f", parameters: [] }, { name: "g" }, { name: "h" }];

		expect(describePlaces(judge({ symbol: "p", members }, files))).toEqual([
			"p/m.py:1 differs: needs “a”, which is not promised",
			"p/__init__.py:0 unknown: it is imported from other",
			"p/__init__.py:0 absent",
		]);
	});

	test("within a function is there, and is not judged", () => {
		expect(describePlaces(judge({}, { "m.py": "def make():\n    class A: pass\n    return A\n" }))).toEqual([
			"m.py:2 unknown: it is made within a function",
		]);
	});

	test("that only the type checker sees counts where nothing else is", () => {
		const text = "if TYPE_CHECKING:\n    class A:\n        def f(self): ...\nelse:\n    class A: pass\n";

		expect(describePlaces(judge({}, { "m.py": text }))).toEqual(["m.py:5 absent"]);
		expect(describePlaces(judge({}, { "m.py": text.replace(/else:.*/s, "") }))).toEqual(["m.py:3 kept"]);
	});

	test("is looked for where `source` says, and named where it is instead", () => {
		const unread: Unread[] = ["old/broken.py", "new/broken.py", "new/broken.json"].map((path) => {
			return { path, line: 1, reason: "r", aspect: "ports" };
		});
		const found = judge({ source: "new/" }, { "old/z.py": a, "new/y.py": "x = 1\n" }, { unread });

		expect(found).toMatchObject({ files: 1, unread: 1, elsewhere: [{ path: "old/z.py", line: 1 }] });
		expect(describePlaces(found)).toEqual([]);
	});
});

describe("a protobuf service", () => {
	const file = (services: ProtobufFile["services"]): ProtobufFile => {
		return { package: "p", imports: [], digest: "", messages: [], enums: [], services };
	};
	const method = { name: "Infer", line: 5, request: "p.Request", response: "stream p.Response" };
	const protobuf = new Map([["a.proto", file([{ name: "p.Inference", line: 4, methods: [method] }])]]);
	const rpc = (member: object) => ({ name: "Infer", kind: "rpc", ...member });
	const compareRpc = (symbol: string, member: object) =>
		describePlaces(judge({ language: "protobuf", symbol, members: [rpc(member)] }, {}, { protobuf }));

	test.each([
		["Inference", { parameters: ["Request"], returns: "stream Response" }, ["a.proto:5 kept"]],
		["p.Inference", { parameters: ["p.Request"], returns: "stream .p.Response" }, ["a.proto:5 kept"]],
		["Inference", {}, ["a.proto:5 kept"]],
		["Inference", { parameters: ["Prompt"] }, ["a.proto:5 differs: takes p.Request, promised Prompt"]],
		["Inference", { returns: "Response" }, ["a.proto:5 differs: gives stream p.Response, promised Response"]],
		["Inference", { parameters: ["stream Request"] }, ["a.proto:5 differs: takes p.Request, promised stream Request"]],
		["Inference", { name: "Train" }, ["a.proto:4 absent"]],
		["q.Inference", {}, []],
		["ference", {}, []],
	])("%s with %j", (symbol, member, words) => {
		expect(compareRpc(symbol, member)).toEqual(words);
	});
});
