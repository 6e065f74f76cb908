// Entrance: `npm run audit`. Audits a repository's history and tree; its words are in lib/audit-command.ts.
import { auditCommand } from "./lib/audit-command.ts";
import { run } from "./lib/run.ts";

await run(auditCommand);
