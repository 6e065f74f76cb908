import { describe, expect, test } from "vitest";
import { Unreadable } from "#extract/extractor";
import { manifests } from "#extract/manifests";

const read = (path: string, text: string) => manifests.extract(text, manifests.kindOf(path) ?? "none");
/** `group name range @line`, and `?` where it is conditional. */
const asked = (path: string, text: string) =>
	read(path, text).requirements.map(
		({ group, name, range, line, isConditional }) => `${group} ${name} ${range} @${line}${isConditional ? "?" : ""}`,
	);

test.each([
	["a/pyproject.toml", "pyproject"],
	["setup.py", "setup.py"],
	["setup.cfg", "setup.cfg"],
	["x/package.json", "package.json"],
	["requirements.txt", "requirements runtime"],
	["requirements.in", "requirements runtime"],
	["requirements-dev.txt", "requirements dev"],
	["requirements_test.txt", "requirements test"],
	["a/requirements/prod.txt", "requirements runtime"],
	["a/requirements/docs.txt", "requirements docs"],
	["constraints.txt", null],
	["docs/requirements.md", null],
	["configs/kd_pyproject.toml", null],
	["package-lock.json", null],
])("%s is read as %s", (path, kind) => expect(manifests.kindOf(path)).toBe(kind));

test("pyproject.toml: PEP 621, groups, build system", () => {
	const text = `[project]
name = "a"
requires-python = ">=3.11"
dependencies = [
  "Grpcio.Tools>=1.68",  # a comment
  "uvicorn[standard] (>=0.34, <1)",
  'numpy<2; python_version < "3.9"',
  "here @ https://example.org/here.whl",
  "any",
]
[project.optional-dependencies]
dev = ["pytest>=8"]
[dependency-groups]
dev = ["pytest>=8", { include-group = "lint" }]
[tool.uv]
dev-dependencies = ["ruff==0.1"]
[tool.uv.workspace]
members = ["b"]
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
`;
	expect(asked("pyproject.toml", text)).toEqual([
		"runtime grpcio-tools >=1.68 @5",
		"runtime uvicorn >=0.34, <1 @6",
		"runtime numpy <2 @7?",
		"runtime any  @9",
		"dev pytest >=8 @12",
		"dev pytest >=8 @14",
		"dev ruff ==0.1 @16",
	]);
	expect(read("pyproject.toml", text)).toMatchObject({
		runtime: { range: ">=3.11", line: 3 },
		buildBackend: { name: "hatchling.build", line: 21 },
		members: { include: ["b"], exclude: [] },
		isApplication: false,
	});
	expect(read("pyproject.toml", `${text}[project.scripts]\na = "a:main"\n`).isApplication).toBe(true);
	expect(read("pyproject.toml", '[project]\nname = "a"\n').isApplication).toBe(true);
	expect(read("pyproject.toml", "[tool.ruff]\nline-length = 1\n").isApplication).toBe(false);
});

test("pyproject.toml: Poetry's ranges are written as PEP 440", () => {
	const text = `[tool.poetry]
name = "a"
[tool.poetry.dependencies]
python = "^3.9"
a = "^1.2.3"
b = "^0.2.3"
c = "~1.2"
d = "1.4"
e = "*"
f = { version = ">=2,<3", extras = ["x"] }
g = { git = "https://example.org/g.git" }
h = "^1 || ^2"
i = { version = "1.*", python = "<3.8" }
[tool.poetry.group.dev.dependencies]
pytest = "~8"
`;
	expect(asked("pyproject.toml", text)).toEqual([
		"runtime a >=1.2.3,<2 @5",
		"runtime b >=0.2.3,<0.3 @6",
		"runtime c >=1.2,<1.3 @7",
		"runtime d ==1.4 @8",
		"runtime e  @9",
		"runtime f >=2,<3 @10",
		"runtime i ==1.* @13?",
		"dev pytest >=8,<9 @15",
	]);
	expect(read("pyproject.toml", text).runtime).toEqual({ range: ">=3.9,<4", line: 4 });
});

test("setup.py: literal arguments of setup(), and names of literals", () => {
	const text = `from setuptools import setup
NEEDS = ["mlx>=0.27",
         "grpcio>=1.60"]
TWICE = []
TWICE = ["x"]
setup(
    name="a",
    python_requires=">=3.9",
    install_requires=NEEDS,
    extras_require={"dev": ["pytest>=7"], "all": NEEDS + ["y"], **more},
    tests_require=TWICE,
)
`;
	expect(asked("setup.py", text)).toEqual(["runtime mlx >=0.27 @2", "runtime grpcio >=1.60 @3", "dev pytest >=7 @10"]);
	expect(read("setup.py", text)).toMatchObject({
		runtime: { range: ">=3.9", line: 8 },
		buildBackend: { name: "setuptools", line: 6 },
	});
	expect(read("setup.py", "import setuptools\nsetuptools.setup()\n")).toMatchObject({
		requirements: [],
		runtime: null,
		buildBackend: null,
	});
	expect(asked("setup.py", "setup(name='a', install_requires=read('requirements.txt'))")).toEqual([]);
});

test("setup.cfg: lists in indented lines", () => {
	const text = `[metadata]
name = a
[options]
python_requires = >=3.8
install_requires =
    requests>=2
    # not this
    numpy
[options.extras_require]
dev =
    pytest
[flake8]
max-line-length = 100
`;
	expect(asked("setup.cfg", text)).toEqual(["runtime requests >=2 @6", "runtime numpy  @8", "dev pytest  @11"]);
	expect(read("setup.cfg", text)).toMatchObject({
		runtime: { range: ">=3.8", line: 4 },
		buildBackend: { name: "setuptools", line: 2 },
	});
	expect(read("setup.cfg", "[flake8]\nmax = 1\n").buildBackend).toBeNull();
});

test("requirements: options, hashes, comments and lines that go on", () => {
	const text = `-r base.txt
--index-url https://example.org
Flask==3.0 \\
    --hash=sha256:abc
requests>=2,<3  # a comment
-e .
git+https://example.org/x.git#egg=x
./local
numpy<2 ; python_version < "3.9"
`;
	expect(asked("requirements.txt", text)).toEqual([
		"runtime flask ==3.0 @3",
		"runtime requests >=2,<3 @5",
		"runtime numpy <2 @9?",
	]);
	expect(read("requirements.txt", text).isLock).toBe(false);
	expect(read("requirements.txt", "# This file was autogenerated by uv via …\na==1\n").isLock).toBe(true);
});

test("package.json", () => {
	const text = `{
  "name": "a", "private": true,
  "engines": { "node": ">=22" },
  "workspaces": ["b", "!b/c"],
  "dependencies": {
    "react": "^19.0.0",
    "local": { "odd": 1 }
  },
  "devDependencies": { "vite": "8" },
  "peerDependencies": { "x": "1" }
}`;
	expect(asked("package.json", text)).toEqual(["runtime react ^19.0.0 @6", "dev vite 8 @9"]);
	expect(read("package.json", text)).toMatchObject({
		runtime: { range: ">=22", line: 3 },
		members: { include: ["b"], exclude: ["b/c"] },
		isApplication: true,
	});
});

describe("what does not parse is refused with its line", () => {
	test.each([
		["pyproject.toml", "[project]\nname = \n", 2],
		["package.json", '{\n"a": \n}', 3],
		["package.json", "[1,\n", 2],
		["setup.py", "from setuptools import (\n<<<<<<< x\n", 2],
	])("%s %j", (path, text, line) => {
		expect(() => read(path, text)).toThrow(Unreadable);
		expect(() => read(path, text)).toThrow(expect.objectContaining({ line }));
	});

	test("what is no manifest by its contents asks for nothing", () => {
		expect(read("package.json", "[]").requirements).toEqual([]);
		expect(read("pyproject.toml", 'project = "x"\ntool = 1\n').requirements).toEqual([]);
		expect(read("pyproject.toml", '[project]\ndependencies = "x"\n[dependency-groups]\na = 1\n').requirements).toEqual(
			[],
		);
	});
});

describe("hostile files end soon", () => {
	const size = 300_000;
	test.each([
		["requirements.txt", `a${" ".repeat(250)}!\n`.repeat(size / 253)],
		["requirements.txt", " ".repeat(size)],
		["requirements.txt", "\\\n".repeat(size / 2)],
		["pyproject.toml", `[project]\ndependencies = [${'"a>=1",'.repeat(size / 7)}]`],
		["pyproject.toml", `${"[".repeat(size)}`],
		["pyproject.toml", `a = ${"[".repeat(size)}`],
		["pyproject.toml", Array.from({ length: size / 12 }, (_, at) => `[t${at}]\nk = 1\n`).join("")],
		["package.json", '{"a":'.repeat(size / 5)],
		["package.json", `{"dependencies":{${Array.from({ length: size / 12 }, (_, at) => `"d${at}":"1"`).join(",")}}}`],
		["setup.py", `setup(install_requires=[${'"a>=1",'.repeat(size / 7)}])`],
		["setup.py", "(".repeat(size / 3)],
		["setup.cfg", "[options]\ninstall_requires =\n".concat("    a>=1\n".repeat(size / 9))],
	])("%s", (path, text) => {
		const before = performance.now();
		try {
			read(path, text);
		} catch (error) {
			expect(error instanceof Unreadable || error instanceof RangeError).toBe(true);
		}
		expect(performance.now() - before).toBeLessThan(2_000);
	});
});
