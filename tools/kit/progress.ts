const SECOND = 1_000;
/** How often a log file, which cannot overwrite a line, hears that work goes on. */
const REMINDER = 30 * SECOND;

/** Tells on the screen what is being done, for how long, and how it ended. */
export async function step<T>(
	doing: string,
	work: () => Promise<T>,
	/** How long it usually takes, in words; for steps of more than a few seconds. */
	usually?: string,
): Promise<T> {
	const begun = Date.now();
	const line = usually ? `${doing} (usually ${usually})` : doing;
	const live = process.stdout.isTTY;
	const show = () => process.stdout.write(`\r  … ${line} ${elapsed(begun)}\u001b[K`);
	if (live) show();
	else process.stdout.write(`  … ${line}\n`);
	const timer = setInterval(
		live ? show : () => process.stdout.write(`  … still: ${doing} ${elapsed(begun)}\n`),
		live ? SECOND : REMINDER,
	);
	let mark = '✗';
	try {
		const result = await work();
		mark = '✓';
		return result;
	} finally {
		clearInterval(timer);
		process.stdout.write(
			`${live ? '\r' : ''}  ${mark} ${doing} ${elapsed(begun)}${live ? '\u001b[K' : ''}\n`,
		);
	}
}

function elapsed(begun: number): string {
	const seconds = (Date.now() - begun) / SECOND;
	if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
	return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
