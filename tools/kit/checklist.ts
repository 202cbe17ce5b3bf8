import { appendFileSync } from 'node:fs';
import { Obstacle } from './obstacle';

/** Names a file to which every checklist appends its count, one line of JSON each. */
export const COUNTS_FILE = 'CHECKLIST_COUNTS';

export interface Count {
	passed: number;
	failed: number;
}

/** Runs checks one after the other, each a line on the screen, and counts them. */
export class Checklist {
	private passed = 0;

	private failed = 0;

	/** @param check may return what was measured; a check that throws has failed */
	async check(
		claim: string,
		check: () => Promise<string | void> | string | void,
	): Promise<boolean> {
		try {
			const measured = await check();
			this.passed += 1;
			process.stdout.write(`ok ${claim}${measured ? ` (${measured})` : ''}\n`);
			return true;
		} catch (error) {
			this.failed += 1;
			process.stdout.write(`not ok ${claim}\n${indented(error)}\n`);
			return false;
		}
	}

	get allPassed(): boolean {
		return this.failed === 0 && this.passed > 0;
	}

	/**
	 * Writes the count to the screen, and to the file that a run of many commands reads.
	 *
	 * @returns the exit code
	 */
	finish(): number {
		const { passed, failed } = this;
		process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
		reportCount({ passed, failed });
		return this.allPassed ? 0 : 1;
	}
}

/** Tells a run of many commands what passed and failed in this one. */
export function reportCount({ passed, failed }: Count): void {
	const file = process.env[COUNTS_FILE];
	if (file) appendFileSync(file, `${JSON.stringify({ passed, failed })}\n`);
}

function indented(error: unknown): string {
	const known = error instanceof Obstacle;
	const text = known ? error.message : error instanceof Error ? error.stack : String(error);
	return (text ?? '').replace(/^/gm, '    ');
}
