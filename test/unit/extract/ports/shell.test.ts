// Ports in scripts: flags and variables of what they start; clients, messages and other numbers are none.
import { expect, test } from "vitest";
import { portLines } from "#test/port-lines";

const read = (text: string) => portLines("run.sh", text);

test.each([
	["a flag", "python server.py --port 8100", ["1 bind flag tcp/8100 server.py"]],
	["an equals sign", "exec uv run python3 -u src/server.py --port=8100 &", ["1 bind flag tcp/8100 src/server.py"]],
	["a module", "nohup python -m shop.server --grpc-port 50051", ["1 bind flag tcp/50051 shop.server"]],
	["a known server", "uvicorn shop.main:app --host 0.0.0.0 --port 8100", ["1 bind flag tcp/8100 shop.main:app"]],
	["a short flag", "flask run -p 5000", ["1 bind flag tcp/5000 flask"]],
	["an address", "gunicorn -b 0.0.0.0:8000 app:app", ["1 bind flag tcp/8000 app:app"]],
	["a script in some folder", 'python "$HERE/node/server.py" --port 8100', ["1 bind flag tcp/8100 node/server.py"]],
	["Django's", "python manage.py runserver 0.0.0.0:8000", ["1 bind flag tcp/8000 manage.py:runserver"]],
	["Python's own", "python3 -m http.server 8000", ["1 bind flag tcp/8000"]],
	[
		"a container",
		"docker run -d -p 127.0.0.1:8080:80 -p 53:53/udp nginx",
		["1 bind publish tcp/8080", "1 bind publish udp/53"],
	],
	["a variable", 'PORT=8100\npython server.py --port "$PORT"', ["1 bind assignment tcp/8100 server.py"]],
	["a default", `python server.py --port \${PORT:-8100}`, ["1 bind default tcp/8100 server.py"]],
	["a variable's default", `PORT=\${1:-8100}\npython server.py --port \${PORT}`, ["1 bind default tcp/8100 server.py"]],
	["the environment", "LOG=1 API_PORT=8100 python api.py", ["1 bind assignment tcp/8100 api.py"]],
	["another machine", "ssh mini2 'cd /srv && python node.py --port 50051'", ["1 bind flag tcp/50051 node.py"]],
	["code within", "python - <<'EOF'\n\napp.run(port=8100)\nEOF", ["3 bind call tcp/8100"]],
	["code that is written down", "cat > x.py <<EOF\napp.run(port=8100)\nEOF", ["2 bind call tcp/8100 x.py"]],
	["a line of code", "python -c 'app.run(port=8100)'", ["1 bind call tcp/8100"]],
	[
		"a function and a loop",
		"f() { if true; then for i in 1; do python s.py --port 8100; done; fi; }",
		["1 bind flag tcp/8100 s.py"],
	],
])("binds by %s", (_, text, expected) => {
	expect(read(text)).toEqual(expected);
});

test.each([
	["a peer's variable", "MASTER_PORT=29500 python train.py", ["1 mention assignment tcp/29500"]],
	["a peer's flag", "python node.py --coordinator-port 8400", ["1 mention flag tcp/8400"]],
	["an address", "python node.py --next-node 192.168.5.2:50051", ["1 mention address tcp/50051"]],
	["a request", "curl -s http://localhost:8100/health", ["1 mention address tcp/8100"]],
	["a message", 'echo "run: python server.py --port 8100, then http://localhost:8100"', ["1 mention address tcp/8100"]],
	["a variable nobody uses", "export PORT=8100", ["1 mention assignment tcp/8100"]],
])("only names by %s", (_, text, expected) => {
	expect(read(text)).toEqual(expected);
});

test.each([
	["other clients' ports", "ssh -p 2222 host\npsql -p 5432\nmysql --port 3306\nnc -z host 8100"],
	["processes that are ended", "lsof -ti :8100 | xargs kill\nfuser -k 8100/tcp\npkill -f 'server.py --port 8100'"],
	["other numbers", "sleep 8100\npython server.py --timeout 8100 --report 8100\nMEMORY_LIMIT=25600\nVIEWPORT=8100"],
	["unknown values", 'python server.py --port "$1"\npython server.py --port $((8000 + i))\npython server.py --port'],
	["unknown programs", 'python "$SCRIPT" --port 8100\n"$RUN" server.py --port 8100\nuvicorn "$APP:app"'],
	["comments", "# python server.py --port 8100"],
])("%s are none", (_, text) => {
	expect(read(text)).toEqual([]);
});
