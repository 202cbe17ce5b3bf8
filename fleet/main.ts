import { Ending } from '../demo/ending';
import { lastLines, Obstacle } from '../demo/obstacle';
import { readArguments, USAGE } from './arguments';
import { runFleet } from './run';

function explain(error: unknown): void {
	if (error instanceof Obstacle) {
		process.stderr.write(`\n${error.message}\n`);
		if (error.detail) process.stderr.write(`\n${lastLines(error.detail)}\n`);
		return;
	}
	process.stderr.write(
		`\nThe fleet stopped: ${error instanceof Error ? error.stack : String(error)}\n`,
	);
}

async function main(): Promise<void> {
	const ending = new Ending();
	try {
		const given = readArguments(process.argv.slice(2));
		if (given.help) {
			process.stdout.write(`${USAGE}\n`);
			return;
		}
		const checklist = await runFleet(given, ending);
		process.stdout.write(`\n${checklist.summary}\n`);
		await ending.exit(checklist.allPassed ? 0 : 1);
	} catch (error) {
		// Whoever pressed Ctrl+C knows why the rest failed.
		if (!ending.hasBegun) explain(error);
		await ending.exit(1);
	}
}

void main();
