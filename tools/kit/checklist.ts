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

	get summary(): string {
		return `${this.passed} passed, ${this.failed} failed`;
	}
}

function indented(error: unknown): string {
	const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return text.replace(/^/gm, '    ');
}
