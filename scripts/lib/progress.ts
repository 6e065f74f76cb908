// Edge(terminal). A progress line on stderr, only where stderr is a terminal.

export interface Progress {
	/** Replaces the line. */
	show(text: string): void;
	/** Clears it. */
	clear(): void;
}

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
	if (!stream.isTTY) return { show: () => {}, clear: () => {} };
	return {
		show: (text) => stream.write(`\r\x1b[2K${text}`),
		clear: () => stream.write("\r\x1b[2K"),
	};
}
