import { parseArgs } from 'node:util';
import { Obstacle } from '../kit/obstacle';

export interface FleetArguments {
	/** How many mails leave in all. */
	mails: number;
	help: boolean;
}

/** Each mail needs a place in one of this many executions. */
export const EXECUTIONS = 20;

export const USAGE = `npm run fleet [-- options]

  --mails N   how many mails leave, from ${EXECUTIONS} to 10000; 1000 without it
  --help      this text

Needs Debian's packages redis-server and postgresql, and installs them when it may.`;

/** @throws {Obstacle} naming the argument that is not understood */
export function readArguments(given: readonly string[]): FleetArguments {
	const { mails, help } = parse(given);
	const count = Number(mails);
	if (!Number.isInteger(count) || count < EXECUTIONS || count > 10_000)
		throw new Obstacle(`--mails needs a number from ${EXECUTIONS} to 10000, not "${mails}".`);
	return { mails: count, help };
}

function parse(given: readonly string[]) {
	try {
		return parseArgs({
			args: [...given],
			options: {
				mails: { type: 'string', default: '1000' },
				help: { type: 'boolean', default: false },
			},
		}).values;
	} catch (error) {
		const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
		throw new Obstacle(`${reason}.`, USAGE, { cause: error });
	}
}
