import { readNumber, readOptions } from '../kit/commandLine';

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
	const { mails, help } = readOptions(given, USAGE, {
		mails: { type: 'string', default: '1000' },
	});
	return { mails: readNumber('--mails', mails, EXECUTIONS, 10_000), help };
}
