// Pure. The first pages of a new guide: nothing of the repository stands in them, so that nothing of it can be markup.

export function guideFiles(): [path: string, text: string][] {
	return [
		["guide/index.mdx", INDEX],
		["guide/committing.mdx", COMMITTING],
	];
}

const INDEX = `---
title: How we work together
description: Who works on what, what is agreed, and what to do when work collides.
sidebar: { order: 1, label: About }
---

import ConflictSummary from "#components/ConflictSummary.astro";

Write here what a new colleague has to know: what each team is for, who the coordinator is, how to reach them.

- Whose is what: [Ownership](../ownership/)
- Before you commit: [Say whose work it is](committing/)
- What collided: [Conflict log](../conflicts/)

<ConflictSummary />
`;

const COMMITTING = `---
title: Before you commit
description: How to find out whose a file is, and how to say whose work a commit is.
sidebar: { order: 2 }
---

## Whose is it?

The [ownership page](../../ownership/) says it, and so does \`npm run who -- PATH\` where this site is built.

- Your own team's: change it.
- Another team's: ask that team to change it, or agree on a claim with the coordinator.
- Shared: agree first, and say in the commit with whom.

## Say whose work it is

Commits are known by their author's address. Where that does not tell the team, end the message with it:

\`\`\`text
Raise the time limit of the upload

Team: your-team
Coordinated-by: coordinator
\`\`\`
`;
