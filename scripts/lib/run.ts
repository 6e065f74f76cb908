// Edge. The one place that turns an outcome into words on stderr and an exit code.
import { ContentError, UsageError, WorldError } from "#model/problem";

/** 0 fine · 1 findings at or above the threshold · 2 bad input or usage · 3 the world failed. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Runs a command's body and ends the process with its exit code; errors get one clear text each. */
export async function run(body: (args: string[]) => Promise<ExitCode>): Promise<void> {
	try {
		process.exitCode = await body(process.argv.slice(2));
	} catch (error) {
		const { text, code } = describeFailure(error);
		process.stderr.write(`${text}\n`);
		process.exitCode = code;
	}
}

/** The text and exit code of a failure; a bug keeps its stack. */
export function describeFailure(error: unknown): { text: string; code: ExitCode } {
	if (error instanceof ContentError) return { text: error.message, code: 2 };
	if (error instanceof UsageError) return { text: withHint(error), code: 2 };
	if (error instanceof WorldError) return { text: withHint(error), code: 3 };
	if (error instanceof Error && (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS")) {
		return { text: `error: ${error.message}\n    hint: --help lists the options`, code: 2 };
	}
	if (error instanceof Error && "syscall" in error) {
		// The operating system said no: its sentence names the file and the reason.
		return { text: `error: ${error.message}`, code: 3 };
	}
	const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return { text: `this is a bug in the product:\n${stack}`, code: 3 };
}

function withHint(error: UsageError | WorldError): string {
	return error.hint === null ? `error: ${error.message}` : `error: ${error.message}\n    hint: ${error.hint}`;
}
