import { Ending } from '../kit/ending';

/** Runs a bench and clears away what it set up, however it ends. */
export async function toItsEnd(bench: (ending: Ending) => Promise<void>): Promise<void> {
	const ending = new Ending();
	try {
		await bench(ending);
		await ending.exit(0);
	} catch (error) {
		process.stderr.write(`\n${error instanceof Error ? error.stack : String(error)}\n`);
		await ending.exit(1);
	}
}
