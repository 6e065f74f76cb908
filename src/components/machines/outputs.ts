// Pure. What the site publishes for machines beside /api/v1/: where, and what for.

export const agentsPath = (team: string): string => `/teams/${team}/AGENTS.md`;
export const FEED = "/conflicts.xml";
