// Pure. How source text is coloured: both themes as variables, so that the page's own switch decides.

/** For `<Code/>` and for the guide's fenced code alike. */
export const codeThemes = {
	themes: { light: "github-light-default", dark: "github-dark-default" },
	defaultColor: false,
} as const;
