import { parseArgs } from 'node:util';
import { Obstacle } from '../kit/obstacle';

export interface DemoArguments {
	/** Check everything, then end by itself. */
	once: boolean;
	/** Go on with the database of the last time instead of a fresh one. */
	keep: boolean;
	/** Only this port will do; without it, 5678 or any free one. */
	port: number | undefined;
	help: boolean;
}

export const USAGE = `npm run demo [-- options]

  --once      check everything in a fresh n8n and end; exit status 0 only if all is as expected
  --keep      go on with the workflows of the last time (without it, n8n starts afresh)
  --port N    the port of n8n (without it 5678, or a free one if that is taken or with --once)
  --help      this text`;

/** @throws {Obstacle} naming the argument that is not understood */
export function readArguments(given: readonly string[]): DemoArguments {
	const { once, keep, port, help } = parse(given);
	if (once && keep) throw new Obstacle('--once always starts afresh: leave out --keep.');
	return { once, keep, port: readPort(port), help };
}

function parse(given: readonly string[]) {
	try {
		return parseArgs({
			args: [...given],
			options: {
				once: { type: 'boolean', default: false },
				keep: { type: 'boolean', default: false },
				port: { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		}).values;
	} catch (error) {
		const [reason] = (error as Error).message.split('. ');
		throw new Obstacle(`${reason}.`, USAGE, { cause: error });
	}
}

function readPort(port: string | undefined): number | undefined {
	if (port === undefined) return undefined;
	const number = Number(port);
	if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
	throw new Obstacle(`--port needs a number from 1 to 65535, not "${port}".`);
}
