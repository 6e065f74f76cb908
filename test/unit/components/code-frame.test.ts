import { expect, test } from "vitest";
import { frameTitle } from "../../../src/components/code-frame.ts";

test.each([
	['title="content/project.yaml"', "content/project.yaml"],
	["title='it\"s.yaml'", 'it"s.yaml'],
	['{1,3} title="a b.yaml" wrap', "a b.yaml"],
])("a block with %s belongs in %s", (meta, title) => {
	expect(frameTitle(meta)).toBe(title);
});

test.each(["", 'title=""', "title=bare", 'subtitle="no"', 'data-title="no"'])(
	"a block with `%s` names no file",
	(meta) => {
		expect(frameTitle(meta)).toBeNull();
	},
);
