import { describe, expect, test } from "vitest";
import { python } from "#extract/python";

const read = (text: string) => python.extract(text, "python");

const functionOf = (text: string) => read(text).functions[0];
const methodOf = (body: string) => read(`class A:\n${body.replace(/^/gm, "    ")}\n`).classes[0]?.methods[0];

test("is asked for modules and stubs of Python", () => {
	expect(["a.py", "a/b.pyi", "A.PY"].map((path) => python.kindOf(path))).toEqual(["python", "python", "python"]);
	expect(["py", "a.pyc", "a.ipynb", "a.py.txt"].map((path) => python.kindOf(path))).toEqual([null, null, null, null]);
});

describe("a signature", () => {
	test.each([
		["def f(): pass", []],
		["def f(a, b=1): pass", ["a", "b="]],
		["def f(a: int, b: str = 'x, y'): pass", ["a", "b="]],
		["def f(a, /, b, *, c, d=None): pass", ["a", "/", "b", "*", "c", "d="]],
		["def f(a, /): pass", ["a", "/"]],
		["def f(a,  # and / or\n      b): pass", ["a", "b"]],
		["def f(*args: int, c, **kwargs): pass", ["*args", "c", "**kwargs"]],
		["def f(a=b, c=lambda x, y: 1): pass", ["a=", "c="]],
		["def f(a, b,): pass", ["a", "b"]],
		["def f[T: int](größe: T) -> T: pass", ["größe"]],
	])("%s", (text, parameters) => {
		expect(functionOf(text)?.parameters).toEqual(parameters);
	});

	test.each([
		["def f(self, a): pass", ["a"]],
		["def f(self, /, a): pass", ["a"]],
		["@classmethod\ndef f(cls, a): pass", ["a"]],
		["@staticmethod\ndef f(a, b): pass", ["a", "b"]],
		["def f(*args): pass", ["*args"]],
		["def f(): pass", []],
	])("of a method without what its call leaves out: %s", (body, parameters) => {
		expect(methodOf(body)?.parameters).toEqual(parameters);
	});

	test("stands as it is written, on one line", () => {
		expect(functionOf("async  def f(\n    a: int,\n    b='x',\n) -> Dict[str,\n    int]:\n    pass\n")).toMatchObject({
			signature: "async def f(a: int, b='x') -> Dict[str, int]",
			isAsync: true,
			returns: "Dict[str, int]",
			line: 1,
		});
	});

	test("is cut off where it is too long to be looked at", () => {
		const text = functionOf(`def f(${Array.from({ length: 500 }, (_, i) => `parameter${i}`).join(", ")}): pass`);

		expect(text?.parameters).toHaveLength(500);
		expect(text?.signature.length).toBeLessThan(310);
	});
});

describe("what a body gives", () => {
	test.each([
		["return", [{ result: "nothing", line: 2 }]],
		["return None", [{ result: "nothing", line: 2 }]],
		["return a, b", [{ result: "tuple", size: 2, line: 2 }]],
		["return (a, (b, c), d)", [{ result: "tuple", size: 3, line: 2 }]],
		["return a,", [{ result: "tuple", size: 1, line: 2 }]],
		["return a, *rest", [{ result: "tuple", line: 2 }]],
		["return (a)", [{ result: "value", line: 2 }]],
		["return {'a': 1}", [{ result: "dictionary", line: 2 }]],
		["return [x for x in y]", [{ result: "list", line: 2 }]],
		["return f'{x}'", [{ result: "text", line: 2 }]],
		["return a if b else (c, d)", [{ result: "value", line: 2 }]],
		["if a:\n        return 1\n    return 2", [{ result: "number", line: 3 }]],
		["def inner(): return 1", undefined],
		["x = lambda: 1", undefined],
	])("%s", (body, gives) => {
		expect(functionOf(`def f(a, b):\n    ${body}\n`)?.gives).toEqual(gives);
	});

	test("a generator, also by a yield that gives nothing", () => {
		expect(functionOf("def f():\n    yield\n")?.isGenerator).toBe(true);
		expect(functionOf("def f():\n    x = yield 1\n")?.isGenerator).toBe(true);
		expect(functionOf("def f():\n    def g(): yield 1\n    return g\n")?.isGenerator).toBeUndefined();
	});

	test.each(["...", "pass", '"""Words."""', "raise NotImplementedError", '"""W."""\n    raise E("x")'])(
		"a stub says nothing of what it does: %s",
		(body) => {
			expect(functionOf(`def f():\n    ${body}\n`)?.isStub).toBe(true);
		},
	);

	test("what does something is no stub", () => {
		expect(functionOf("def f():\n    log()\n    raise NotImplementedError\n")?.isStub).toBeUndefined();
		expect(functionOf("def f():\n    return\n")?.isStub).toBeUndefined();
	});
});

describe("a class", () => {
	test("has its bases by name, whatever stands in their brackets", () => {
		const text = "class A(B, m.n.C[int, str], Generic[T], make('x'), *more, metaclass=abc.ABCMeta, flag=True): pass";

		expect(read(text).classes[0]?.bases).toEqual(["B", "m.n.C", "Generic", "?", "?", "metaclass=abc.ABCMeta"]);
	});

	test("has what its body and its methods assign", () => {
		const text = `class A:
    x: int
    y = z = 1
    from m import q
    def f(me):
        me.a: Dict[str, int] = {}
        me.b, other.c = 1, 2
        if x:
            me.d = 1
        local = 1
    @staticmethod
    def g(me):
        me.e = 1
A.late = f
`;

		expect(read(text).classes[0]?.attributes.map(({ name, line }) => `${name} ${line}`)).toEqual([
			"x 2",
			"y 3",
			"z 3",
			"q 4",
			"a 6",
			"b 7",
			"d 9",
			"late 14",
		]);
		expect(read(text).classes[0]?.attributes.find(({ name }) => name === "a")?.annotation).toBe("Dict[str, int]");
	});

	test("has whatever comes in by other means", () => {
		const attributes = (body: string) =>
			read(`class A:\n    def f(self, **more):\n        ${body}\n`).classes[0]?.attributes;

		expect(attributes("for k in more: setattr(self, k, 1)")).toEqual([{ name: "__dict__", line: 3 }]);
		expect(attributes("self.__dict__.update(more)")).toEqual([{ name: "__dict__", line: 3 }]);
		expect(attributes("self.setattr(more)")).toEqual([]);
		expect(attributes("setattr(other, k, 1)")).toEqual([]);
		expect(attributes("return dict(self.__dict__)")).toEqual([]);
	});

	test("within a class or a function has the name Python gives it", () => {
		const text = "class A:\n    class B:\n        def f(self): pass\ndef g():\n    class C: pass\n    return C\n";

		expect(read(text).classes.map(({ name }) => name)).toEqual(["A", "A.B", "g.<locals>.C"]);
	});

	test("and its methods have decorators by name", () => {
		const text =
			"@dataclass(frozen=True)\nclass A:\n    @a.b.c(1)\n    @property\n    def f(self): pass\n    def g(self): pass\n";
		const [found] = read(text).classes;

		expect(found?.decorators).toEqual(["dataclass"]);
		expect(found?.methods.map(({ decorators }) => decorators)).toEqual([["a.b.c", "property"], undefined]);
	});
});

describe("a definition under a condition", () => {
	test.each([
		["if TYPE_CHECKING:\n    def f(): pass\nelse:\n    def f(): pass\n", ["typing", undefined]],
		["if typing.TYPE_CHECKING:\n    def f(): pass\n", ["typing"]],
		[
			"if x:\n    def f(): pass\nelif y:\n    def f(): pass\nelse:\n    def f(): pass\n",
			["condition", "condition", "condition"],
		],
		["try:\n    def f(): pass\nexcept E:\n    def f(): pass\n", ["condition", "condition"]],
		["with x():\n    def f(): pass\n", [undefined]],
		["match x:\n    case 1:\n        def f(): pass\n    case _:\n        def f(): pass\n", ["condition", "condition"]],
		["for x in y:\n    def f(): pass\n", ["condition"]],
		["if x:\n    if TYPE_CHECKING:\n        def f(): pass\n", ["condition"]],
	])("%s", (text, under) => {
		expect(read(text).functions.map((one) => one.under)).toEqual(under);
	});
});

test("imports are kept with where they come from", () => {
	const text =
		"import a.b, c as d\nfrom .x.y import (Z as W,\n    V)\nfrom .. import q\nfrom m import *\ntry:\n    import e\nexcept E:\n    e = None\n";

	expect(read(text).imports).toEqual([
		{ name: "a.b", from: "a.b" },
		{ name: "d", from: "c" },
		{ name: "W", from: ".x.y", member: "Z" },
		{ name: "V", from: ".x.y", member: "V" },
		{ name: "q", from: "..", member: "q" },
		{ name: "*", from: "m", member: "*" },
		{ name: "e", from: "e" },
	]);
	expect(read(text).names).toEqual([{ name: "e", line: 9 }]);
});

describe("what its parser does not know and Python does", () => {
	test.each([
		["a yield alone", "def f():\n    with a:\n        yield\n    x = yield\n"],
		["a number that ends with a point", "def f():\n    return 1. if x else 2.\n"],
		["a form feed", "x = 1\n\f\ndef f():\n    pass\n"],
		["an attribute as the target of with", "def f():\n    with a() as self.b:\n        pass\n    return 1\n"],
	])("%s", (_, text) => {
		const { functions, fault } = read(`${text}def g(): pass\n`);

		expect(functions.map(({ name }) => name)).toEqual(["f", "g"]);
		expect(fault).toBeUndefined();
	});
});

describe("a text that is no Python", () => {
	test.each([
		["markers of a merge", "def f():\n    x = 1\n<<<<<<< HEAD\n    y = 2\n=======\n    y = 3\n>>>>>>> b\n", 3],
		["a bracket that is not closed", "class A:\n    def f(self):\n        x = g(1, 2\n    def h(self): pass\n", 3],
		["a colon that is missing", "class A\n    def f(self): pass\n", 1],
		["a template", "{% if x %}\nclass A: pass\n{% endif %}\n", 1],
		["an indentation out of place", "class A:\n    def f(self):\n      x = 2\n        y = 3\n", 4],
	])("says on which line: %s", (_, text, line) => {
		expect(Math.abs((read(text).fault ?? 0) - line)).toBeLessThanOrEqual(1);
	});

	const LONG = 256 * 1024;

	test.each([
		["brackets", "(".repeat(LONG)],
		["closed brackets", `x = ${"(".repeat(LONG / 3)}1${")".repeat(LONG / 3)}\n`],
		["attributes", `x = a${".a".repeat(LONG / 3)}\n`],
		["one line", "x = 1;".repeat(LONG / 6)],
		["sums", `x = 1${"+1".repeat(LONG / 3)}\n`],
		["lambdas", `x = ${"lambda: ".repeat(LONG / 10)}1\n`],
		["indentation", Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}if a:\n`).join("")],
		["classes within classes", Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}class A:\n`).join("")],
		["classes and late attributes", "class A: pass\n".repeat(LONG / 40) + "A.b = 1\n".repeat(LONG / 20)],
		["yields alone", `def f():\n${"    yield\n".repeat(LONG / 12)}`],
		["patterns", `match x:\n${" case [[[[a.b()]]]]: pass\n".repeat(LONG / 30)}`],
		["decorators", `${"@a.b\n".repeat(LONG / 8)}def f(): pass\n`],
		["parameters", `def f(${"a, ".repeat(LONG / 4)}): pass\n`],
		["returns", `def f():\n${" return a, b\n".repeat(LONG / 16)}`],
		["quotes", "'".repeat(LONG)],
	])("is bounded: a quarter of a megabyte of %s", { timeout: 60_000 }, (_, text) => {
		const start = performance.now();
		read(text);
		expect(performance.now() - start).toBeLessThan(10_000);
	});
});
