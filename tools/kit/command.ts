import { Ending } from './ending';
import { explain } from './explain';

export interface Command<Arguments extends { help: boolean }> {
	/** As the person at the keyboard knows it, e.g. `The demo`. */
	name: string;
	usage: string;
	readArguments: (given: readonly string[]) => Arguments;
	/** @returns the exit code */
	run: (given: Arguments, ending: Ending) => Promise<number>;
}

/** Runs a command with the arguments of this process, and ends the process. */
export async function runCommand<Arguments extends { help: boolean }>({
	name,
	usage,
	readArguments,
	run,
}: Command<Arguments>): Promise<void> {
	const ending = new Ending();
	try {
		const given = readArguments(process.argv.slice(2));
		if (given.help) {
			process.stdout.write(`${usage}\n`);
			return;
		}
		await ending.exit(await run(given, ending));
	} catch (error) {
		// Whoever pressed Ctrl+C knows why the rest failed.
		if (!ending.hasBegun) explain(name, error);
		await ending.exit(1);
	}
}
