// Ports in Python: what a program listens on, traced to the number; what it only names; and numbers that are no ports.
import { expect, test } from "vitest";
import { portsExtractor } from "#extract/ports";
import { portLines } from "#test/port-lines";

const read = (text: string) => portLines("app.py", text);

test.each([
	["a server's argument", "uvicorn.run(app, host='0.0.0.0', port=8100)", ["1 bind call tcp/8100"]],
	["with underscores", "app.run(port=8_100)", ["1 bind call tcp/8100"]],
	["a pair", "HTTPServer(('', 8000), Handler)", ["1 bind call tcp/8000"]],
	["a pair with a name", "at = ('', 8000)\nHTTPServer(at, Handler)", ["1 bind call tcp/8000"]],
	["datagrams", "socketserver.UDPServer(('', 514), Handler)", ["1 bind call udp/514"]],
	["gRPC", "server.add_insecure_port('[::]:50051')", ["1 bind call tcp/50051"]],
	["asyncio", "asyncio.start_server(answer, '127.0.0.1', 8888)", ["1 bind call tcp/8888"]],
	["websockets", "websockets.serve(answer, 'localhost', 8765)", ["1 bind call tcp/8765"]],
	["aiohttp", "web.TCPSite(runner, host, 8081)", ["1 bind call tcp/8081"]],
	["waitress", "waitress.serve(app, listen='*:8080')", ["1 bind call tcp/8080"]],
	["Prometheus", "start_http_server(9100)", ["1 bind call tcp/9100"]],
	["gradio", "demo.launch(server_port=7860)", ["1 bind call tcp/7860"]],
	[
		"hypercorn",
		"from hypercorn.config import Config\nconfig = Config()\nconfig.bind = ['0.0.0.0:8000']",
		["3 bind call tcp/8000"],
	],
	["tornado", "import tornado.web\napp.listen(8888)", ["2 bind call tcp/8888"]],
	["ZeroMQ", "import zmq\nsock.bind('tcp://*:5555')", ["2 bind call tcp/5555"]],
	[
		"a socket that accepts",
		"import socket\ns = socket.socket()\ns.bind(('', 9000))\ns.listen(5)\ns.accept()",
		["3 bind call tcp/9000"],
	],
])("binds by %s", (_, text, expected) => {
	expect(read(text)).toEqual(expected);
});

test.each([
	["a constant", "PORT = 8100\nuvicorn.run(app, port=PORT)", ["1 bind assignment tcp/8100"]],
	["the environment", 'uvicorn.run(app, port=int(os.environ.get("PORT", "8100")))', ["1 bind default tcp/8100"]],
	["getenv and a variable", 'port = int(os.getenv("PORT", 8100))\napp.run(port=port)', ["1 bind default tcp/8100"]],
	["an alternative", "app.run(port=port_of(x) or 8100)", ["1 bind default tcp/8100"]],
	["a condition", "app.run(port=int(sys.argv[1]) if sys.argv else 8100)", ["1 bind default tcp/8100"]],
	[
		"argparse",
		"parser.add_argument('-p', '--port', type=int, default=8100)\nargs = parser.parse_args()\nuvicorn.run(app, port=args.port)",
		["1 bind default tcp/8100"],
	],
	[
		"argparse under another name",
		"parser.add_argument('--listen-on', dest='port', default=8100)\nuvicorn.run(app, port=args.port)",
		["1 bind default tcp/8100"],
	],
	[
		"click",
		"@click.command()\n@click.option('--port', default=8200)\ndef main(port):\n  app.run(port=port)",
		["2 bind default tcp/8200"],
	],
	["typer", "def main(port: int = typer.Option(8200, '--port')):\n  app.run(port=port)", ["1 bind default tcp/8200"]],
	[
		"pydantic settings",
		"class Settings(BaseSettings):\n  port: int = Field(default=8200)\nsettings = Settings()\nuvicorn.run(app, port=settings.port)",
		["2 bind default tcp/8200"],
	],
	["an f-string", "def serve(port=50051):\n  server.add_insecure_port(f'[::]:{port}')", ["1 bind default tcp/50051"]],
	["a format", "server.add_insecure_port('[::]:{}'.format(50051))", ["1 bind call tcp/50051"]],
	["a percent sign", "server.add_insecure_port('%s:%d' % (host, 50051))", ["1 bind call tcp/50051"]],
	[
		"a parameter and its call",
		"def serve(host, port):\n  uvicorn.run(app, port=port)\nserve('', 8100)",
		["3 bind call tcp/8100"],
	],
	[
		"an attribute",
		"class Server:\n  def __init__(self, port=8080):\n    self.port = port\n  def start(self):\n    HTTPServer(('', self.port), H)\nServer(port=8090)",
		["2 bind default tcp/8080", "6 bind call tcp/8090"],
	],
])("traces the number through %s", (_, text, expected) => {
	expect(read(text)).toEqual(expected);
});

test.each([
	["the program it serves", "uvicorn.run('main:app', port=8100)", ["1 bind call tcp/8100 main:app"]],
	["the module an app is from", "from .api import app\nuvicorn.run(app, port=8100)", ["2 bind call tcp/8100 api:app"]],
	[
		"the module that makes it",
		"from shop.api import create_app as make\napp = make()\napp.run(port=8100)",
		["3 bind call tcp/8100 shop.api:create_app"],
	],
	[
		"nothing of a library's class",
		"from flask import Flask\napp = Flask('x')\napp.run(port=80)",
		["3 bind call tcp/80"],
	],
])("tells %s", (_, text, expected) => {
	expect(read(text)).toEqual(expected);
});

test.each([
	[
		"a client's default",
		"parser.add_argument('--port', default=8100)\nconnect(args.port)",
		["1 mention default tcp/8100"],
	],
	["an address", "grpc.insecure_channel('mini1.local:50051')", ["1 mention address tcp/50051"]],
	["a URL", "requests.get('http://user:word@api.example:8443/x')", ["1 mention address tcp/8443"]],
	["a constant", "API_PORT = 8100", ["1 mention assignment tcp/8100"]],
	["a field", "class Node:\n  grpc_port: int = 50051", ["2 mention assignment tcp/50051"]],
	["an argument", "redis.Redis(host='cache', port=6379)", ["1 mention call tcp/6379"]],
	["a key", "node = {'port': 8100, 'size': 8200}", ["1 mention key tcp/8100"]],
	["a method of the program's own", "def run(port): pass\nrun(port=8100)", ["2 mention call tcp/8100"]],
	[
		"a probe for a free port",
		"import socket\ns = socket.socket()\ns.bind(('', 8100))\nport = 8100",
		["4 mention assignment tcp/8100"],
	],
])("only names by %s", (_, text, expected) => {
	expect(read(text)).toEqual(expected);
});

test.each([
	[
		"other names",
		"REPORT = 8000\nportfolio = 8000\nport_timeout = 8000\nviewport = 8000\nbase_port = 8000\nports = 8000",
	],
	["sizes, years and ids", "sleep(8000)\nyear = 2024\nsize = {'id': 8080}\nlimit(max_tokens=8192)"],
	["a queue's length", "import socket\nsock.listen(8000)"],
	["any port at all", "app.run(port=0)\ns.bind(('', 0))"],
	[
		"what is too large, negative or no number",
		"app.run(port=70000)\napp.run(port=-8000)\napp.run(port='http')\napp.run(port=80.5)",
	],
	["a sum", "app.run(port=8000 + rank)\nserver.add_insecure_port(f'[::]:{50051 + rank}')"],
	["comments and texts", "# uvicorn.run(app, port=8000)\n'''uvicorn.run(app, port=8000)'''"],
	["times, versions, lines and images", "'10:8000'\n'app.py:8000'\n'redis:8000'\n'1.2.3:8000'\n'::8000'"],
])("%s are no ports", (_, text) => {
	expect(read(text)).toEqual([]);
});

test("A file listens though nobody knows where", () => {
	expect(portsExtractor.extract("uvicorn.run(app, port=find())", "python")).toEqual({ uses: [], listens: true });
	expect(portsExtractor.extract("subprocess.run(['x'])", "python")).toEqual({ uses: [], listens: false });
});
