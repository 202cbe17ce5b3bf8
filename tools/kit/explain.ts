import { lastLines, Obstacle } from './obstacle';

/** Tells the person at the keyboard why `program` stopped. */
export function explain(program: string, error: unknown): void {
	if (error instanceof Obstacle) {
		process.stderr.write(`\n${error.message}\n`);
		if (error.detail) process.stderr.write(`\n${lastLines(error.detail)}\n`);
		return;
	}
	process.stderr.write(
		`\n${program} stopped: ${error instanceof Error ? error.stack : String(error)}\n`,
	);
}
