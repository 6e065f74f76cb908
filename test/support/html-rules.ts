// Pure. By which rules the pages are valid HTML: html-validate's own, and why each that is off is off.
import type { ConfigData, Message } from "html-validate";

export const htmlRules: ConfigData = {
	root: true,
	extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
	elements: ["html5"],
	rules: {
		// Astro closes void elements in XML's way, which HTML permits.
		"void-style": "off",
		// Files of the same origin come with the page; whoever can change the one can change the other.
		"require-sri": ["error", { target: "crossorigin" }],
		// HTML asks that an id holds no white space, no more: Starlight's `_top`, headings that begin with a number.
		"valid-id": ["error", { relaxed: true }],
		// Widths of bars and places in pictures are data, and stand in the element they belong to.
		"no-inline-style": "off",
		// Starlight's list of headings stands before the page's own first one. That there is one <h1> is tested beside this.
		"heading-level": ["error", { minInitialRank: "h2" }],
		// A list of suggestions below a field (combobox) is no <select>.
		"prefer-native-element": ["error", { exclude: ["listbox"] }],
	},
};

/** What Astro and Starlight write, and no page of ours can change; and what is meant so. Everything else of the same rule counts. */
const KNOWN: readonly { readonly rule: string; readonly of: RegExp }[] = [
	// The menu's button is in no form, so its type says nothing.
	{ rule: "no-implicit-button-type", of: /^html > body > div > nav > button$/ },
	// The column beside the text; its list of headings is a <nav> with a name.
	{ rule: "unique-landmark", of: /^html > body > div > div > div > aside$/ },
	// The list of headings for phones and the one for desktops: only one of them is ever shown.
	{ rule: "unique-landmark", of: /> (mobile-)?starlight-toc > nav$/ },
	// `astro-island{display:contents}`, before the first island of a page.
	{ rule: "element-permitted-content", of: /> style$/ },
	// A wide block of code is reached by keyboard, so it has a role and a name; a <section> could not hold its text as it is.
	{ rule: "prefer-native-element", of: /> pre(:nth-child\(\d+\))?$/ },
	// Browsers forget what parts of a table are once style takes them out of its layout, as it does on a phone.
	{ rule: "no-redundant-role", of: /> table\S*( > (thead|tbody|tr|th|td)\S*)*$/ },
];

/** Whether a complaint is about what Astro or Starlight wrote. */
export function isKnown(message: Pick<Message, "ruleId" | "selector">): boolean {
	return KNOWN.some(({ rule, of }) => rule === message.ruleId && of.test(message.selector ?? ""));
}
