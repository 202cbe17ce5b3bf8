import { readOptions, readPort } from '../kit/commandLine';
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
	const { once, keep, port, help } = readOptions(given, USAGE, {
		once: { type: 'boolean', default: false },
		keep: { type: 'boolean', default: false },
		port: { type: 'string' },
	});
	if (once && keep) throw new Obstacle('--once always starts afresh: leave out --keep.');
	return { once, keep, port: readPort(port), help };
}
