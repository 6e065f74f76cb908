// Entrance: `npm run check`. May this change land? A hook runs it before every commit, so it must answer at once.
import { check } from "./lib/check-command.ts";
import { run } from "./lib/run.ts";

await run(check);
