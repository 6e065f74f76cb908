// Entrance of every command: `node scripts/launch.mjs NAME ARGS…` runs scripts/NAME.ts. The one file in plain JavaScript:
// Node keeps what it compiles only once it is told to, and to strip the types of the first file alone takes 40 ms.
import { enableCompileCache } from "node:module";
import { join } from "node:path";

enableCompileCache(join(import.meta.dirname, "../.cache/compile"));
const [name] = process.argv.splice(2, 1);
await import(`./${name}.ts`);
