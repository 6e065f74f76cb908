// Entrance: `npm run check`. May this change land? A hook runs it before every commit, so it must answer at once.
import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Before anything else is loaded: compiling, and stripping the types, takes longer than all that a check does.
enableCompileCache(join(import.meta.dirname, "../.cache/compile"));
const [{ run }, { check }] = await Promise.all([import("./lib/run.ts"), import("./lib/check-command.ts")]);
await run(check);
