import { runCommand } from '../kit/command';
import { readArguments, USAGE } from './arguments';
import { runFleet } from './run';

void runCommand({
	name: 'The fleet',
	usage: USAGE,
	readArguments,
	run: async (given, ending) => {
		const checklist = await runFleet(given, ending);
		process.stdout.write(`\n${checklist.summary}\n`);
		return checklist.allPassed ? 0 : 1;
	},
});
