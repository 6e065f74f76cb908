// Entrance: `npm run audit`. Audits a repository's history and tree; its words are in lib/audit-command.ts.
import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Before anything else is loaded: compiling, and stripping the types, is most of what a second audit takes.
enableCompileCache(join(import.meta.dirname, "../.cache/compile"));
const [{ run }, { auditCommand }] = await Promise.all([import("./lib/run.ts"), import("./lib/audit-command.ts")]);
await run(auditCommand);
