import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Checklist } from './checklist';
import { Ending } from './ending';
import { lastLines, Obstacle } from './obstacle';

export interface Command<Arguments extends { help: boolean }> {
	/** As the person at the keyboard knows it, e.g. `The demo`. */
	name: string;
	usage: string;
	readArguments: (given: readonly string[]) => Arguments | Promise<Arguments>;
	/** @returns the exit code, or the checks that decide it */
	run: (given: Arguments, ending: Ending) => Promise<number | Checklist>;
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
		const given = await readArguments(process.argv.slice(2));
		if (given.help) {
			process.stdout.write(`${usage}\n`);
			return;
		}
		const result = await run(given, ending);
		await ending.exit(typeof result === 'number' ? result : result.finish());
	} catch (error) {
		// Ctrl+C is the reason why the rest failed.
		if (!ending.hasBegun) explain(name, error);
		await ending.exit(1);
	}
}

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * The options of a command line; `--help` is one of all of them.
 *
 * @throws {Obstacle} naming the option that is not understood
 */
export function readOptions<const Given extends Options>(
	given: readonly string[],
	usage: string,
	options: Given,
) {
	try {
		return parseArgs({
			args: [...given],
			options: { ...options, help: { type: 'boolean', default: false } } as Given & {
				help: { type: 'boolean'; default: false };
			},
		}).values;
	} catch (error) {
		const [reason] = (error as Error).message.split('. ');
		throw new Obstacle(`${reason}.`, usage, { cause: error });
	}
}

/** @throws {Obstacle} when the text is not a whole number of that range */
export function readNumber(option: string, text: string, from: number, to: number): number {
	const number = Number(text);
	if (/^\d+$/.test(text) && number >= from && number <= to) return number;
	throw new Obstacle(`${option} needs a number from ${from} to ${to}, not "${text}".`);
}

/** @throws {Obstacle} when the text is not the number of a port */
export function readPort(text: string | undefined): number | undefined {
	return text === undefined ? undefined : readNumber('--port', text, 1, 65_535);
}

function explain(program: string, error: unknown): void {
	if (error instanceof Obstacle) {
		process.stderr.write(`\n${error.message}\n`);
		if (error.detail) process.stderr.write(`\n${lastLines(error.detail, 30)}\n`);
		return;
	}
	process.stderr.write(
		`\n${program} stopped: ${error instanceof Error ? error.stack : String(error)}\n`,
	);
}
