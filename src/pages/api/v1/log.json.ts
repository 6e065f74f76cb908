// Edge(build). The conflict log among the answers to machines: byte for byte /conflict-log.json.
export { GET } from "../../conflict-log.json.ts";
