// Ports in configuration, Dockerfiles and prose.
import { expect, test } from "vitest";
import { portKind } from "#extract/port-kind";
import { portsExtractor } from "#extract/ports";
import { rawPath } from "#model/history";
import { portLines } from "#test/port-lines";

test("Compose publishes ports of the machine; what is exposed or set within is the container's", () => {
	const text = `services:
  web:
    build: { context: ./web }
    ports:
      - "8080:80"
      - 127.0.0.1:8443:443/tcp
      - "\${DNS_PORT:-5353}:53/udp"
      - "3000"
      - "4000-4010:4000-4010"
      - { target: 80, published: "8081", protocol: tcp }
    expose: ["9000"]
    environment: { PORT: 9100 }
  db:
    image: postgres
    ports: [5432:5432]
`;
	expect(portLines("compose.yaml", text)).toEqual([
		"5 bind publish tcp/8080 ./web/",
		"6 bind publish tcp/8443 ./web/",
		"7 bind publish udp/5353 ./web/",
		"10 bind publish tcp/8081 ./web/",
		"15 bind publish tcp/5432 service:db",
	]);
});

test("What a container starts is told where its name says enough, else what it is built from", () => {
	const text = `services:
  a: { image: shop, entrypoint: [python3, -m, shop.api.server], ports: ["1001:80"] }
  b: { build: ../b, command: python app.py --port 80, ports: ["1002:80"] }
  c: { build: { context: ., dockerfile: ./api/Dockerfile }, ports: ["1003:80"] }
  d: { build: ./., command: uvicorn main:app, ports: ["1004:80"] }
  e: { image: e, command: /app/start.sh, ports: ["1005:80"] }
  f: { image: f, command: gunicorn shop.wsgi:app, ports: ["1006:80"] }
`;
	expect(portLines("compose.yaml", text)).toEqual([
		"2 bind publish tcp/1001 shop.api.server",
		"3 bind publish tcp/1002 ../b/",
		"4 bind publish tcp/1003 ./api/",
		"5 bind publish tcp/1004 ./",
		"6 bind publish tcp/1005 service:e",
		"7 bind publish tcp/1006 shop.wsgi:app",
	]);
});

test("Of Kubernetes only ports of nodes are a machine's", () => {
	const text = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
      targetPort: 8080
      nodePort: 30080
---
apiVersion: v1
kind: Pod
metadata: { name: agent }
spec:
  containers:
    - ports: [{ containerPort: 9000, hostPort: 9001 }]
`;
	expect(portLines("k8s/web.yaml", text)).toEqual([
		"6 mention key tcp/80",
		"7 mention key tcp/8080",
		"8 bind publish tcp/30080 service:Service/web",
		"15 mention key tcp/9000",
		"15 bind publish tcp/9001 service:Pod/agent",
	]);
});

test("A server's own port stands at the top or in a server's section, with no other host beside it", () => {
	expect(portLines("a.json", '{ "port": 8000, "api_port": 8001, "redis_port": 6379, "workers": 8002 }')).toEqual([
		"1 bind key tcp/8000",
		"1 bind key tcp/8001",
		"1 mention key tcp/6379",
	]);
	expect(portLines("a.yaml", "server:\n  host: 0.0.0.0\n  port: 8000\ndatabase:\n  port: 5432\n")).toEqual([
		"3 bind key tcp/8000",
		"5 mention key tcp/5432",
	]);
	expect(portLines("a.yaml", "server: { host: db.example, port: 8000 }\nnodes:\n  - port: 8001\n")).toEqual([
		"1 mention key tcp/8000",
		"3 mention key tcp/8001",
	]);
	expect(portLines("a.toml", '[server]\naddress = "localhost"\n\nport = 8501\n[tool.x]\nport = 9000\n')).toEqual([
		"4 bind key tcp/8501",
		"6 mention key tcp/9000",
	]);
	expect(portLines("a.json", '{ "url": "http://localhost:8000/x", "at": "10:30" }')).toEqual([
		"1 mention address tcp/8000",
	]);
});

test("Numbers under other names are no ports, nor are names without a port", () => {
	const text =
		"report: 8000\nport_count: 8000\ntimeout: 8000\nyear: 2024\nport: 0\nserver: { port: http }\nports: [8000]\n";
	expect(portLines("a.yaml", text)).toEqual([]);
});

test("Scripts of a package are commands", () => {
	const text =
		'{\n  "port": 1,\n  "scripts": {\n    "api": "uvicorn main:app --port 8100",\n    "x": "echo 8200"\n  }\n}';
	expect(portLines("package.json", text)).toEqual(["4 bind flag tcp/8100 main:app"]);
});

test("All ports of a Dockerfile are the container's", () => {
	const text = `FROM python
ENV PORT=8080 SIZE=9000
EXPOSE 8080 53/udp
HEALTHCHECK CMD curl http://localhost:8080
CMD ["uvicorn", "main:app", "--port", "8081"]
`;
	expect(portLines("Dockerfile", text)).toEqual([
		"2 mention assignment tcp/8080",
		"3 mention expose tcp/8080",
		"3 mention expose udp/53",
		"5 mention flag tcp/8081",
	]);
});

test("Prose names ports by addresses and by the word", () => {
	const text = "Ask http://localhost:8100/x or `mini1.local:50051`.\nIt is on **port 8200**; Port: `8300`.\n";
	expect(portLines("README.md", text)).toEqual([
		"1 mention address tcp/8100",
		"1 mention address tcp/50051",
		"2 mention prose tcp/8200",
		"2 mention prose tcp/8300",
	]);
	expect(
		portLines("README.md", "The report 2024, a port of 10:8000, port 3, export 8000, app.py:8000, v1.2:8000\n"),
	).toEqual([]);
});

test.each([
	"tests/server.py",
	"pkg/test_server.py",
	"examples/hello.py",
	"conftest.py",
	"node_modules/x/compose.yaml",
	".github/workflows/test.yml",
	"package-lock.json",
	"photo.png",
])("%s is not read", (path) => {
	expect(portsExtractor.kindOf(rawPath(path))).toBeNull();
});

test("A template is no YAML before it is filled in; what else does not parse is said", () => {
	expect(portLines("chart/web.yaml", "{{- if .Values.x }}\n a: [\n{{ end }}\n port: 80")).toEqual([]);
	expect(() => portLines("web.yaml", "port: 80\na: [\nb: }")).toThrow();
	expect(() => portLines("web.toml", "port = = 80\n")).toThrow();
});

test("an ending that every object has a member of the name of is no language", () => {
	expect(["x.constructor", "x.toString", "x.yml"].map((path) => portKind(rawPath(path)))).toEqual([null, null, "yaml"]);
});
