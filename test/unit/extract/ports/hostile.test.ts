// Whatever stands in a file, its ports are read in bounded time, or it is said that it cannot be.
import { expect, test } from "vitest";
import { portLines } from "#test/port-lines";

/** Milliseconds that a text of half a megabyte may take on a slow machine. */
const BOUND = 10_000;

const times = (text: string, length = 500_000) => text.repeat(Math.ceil(length / text.length)).slice(0, length);

test.each([
	[
		"names that ask for themselves",
		"a.py",
		`port = port or port\n${"port = int(port) if port else port\n".repeat(5_000)}app.run(port=port)`,
	],
	["functions that call themselves", "a.py", `def f(port): app.run(port=port); ${"f(port); ".repeat(20_000)}`],
	["many servers with one name", "a.py", `port = 8100\n${"app.run(port=port)\n".repeat(20_000)}`],
	["apps that ask for themselves", "a.py", "app = app()\nuvicorn.run(app, port=8100)"],
	["open brackets", "a.py", times("(")],
	["calls in calls", "a.py", `app.run(port=${times("int(", 200_000)}`],
	["chains", "a.py", `x${times(".bind('a:8000')")}`],
	["a line of strings", "a.py", `x = [${times("'http://localhost:8100/', ")}`],
	["a long word", "a.md", times("a")],
	["a long address", "a.md", `http://${times("a")}:8000`],
	["colons", "a.md", times(":1")],
	["local names", "a.md", times("a.local")],
	["open quotes", "a.sh", times("\"$('")],
	["substitutions", "a.sh", times("$(", 100_000)],
	[
		"variables that ask for themselves",
		"a.sh",
		`PORT=$PORT\n${`PORT=\${PORT:-$PORT}\n`.repeat(5_000)}python s.py --port $PORT`,
	],
	["a command without end", "a.sh", `python s.py ${times("--port 8100 ")}`],
	["many sessions", "a.sh", times('ssh a "python s.py --port 8100"\n', 200_000)],
	["lists in lists", "a.json", times("[")],
	["objects in objects", "a.json", times('{"a":')],
	["a list of numbers", "a.json", `[${times("8000,")}0]`],
	["lists in lists", "a.yaml", times("[", 20_000)],
	[
		"aliases of aliases",
		"a.yaml",
		`a: &a [1]\n${Array.from({ length: 2_000 }, (_, n) => `b${n}: &b${n} [*a, *a, *a]`).join("\n")}`,
	],
	["tables", "a.toml", Array.from({ length: 20_000 }, (_, n) => `[t${n}]\nport = 8000`).join("\n")],
	["instructions", "Dockerfile", times("EXPOSE 8000\n", 100_000)],
	["one long instruction", "Dockerfile", `EXPOSE ${times("8000 ", 100_000)}`],
])("%s (%s)", (_, path, text) => {
	const start = performance.now();
	try {
		portLines(path, text);
	} catch (error) {
		expect(error).toBeInstanceOf(Error);
	}
	expect(performance.now() - start).toBeLessThan(BOUND);
});

test("A Python that does not parse is read as far as it goes", () => {
	expect(portLines("a.py", "def f(:\n  x = = 3\n<<<<<<<\nuvicorn.run(app, port=8100)\n")).toEqual([
		"4 bind call tcp/8100",
	]);
});
