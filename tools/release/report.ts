import type { Finding, Step } from './step';

const MARKS: Readonly<Record<Finding['state'], string>> = {
	ok: '✓',
	warning: '!',
	failed: '✗',
	skipped: '–',
};

export interface Reported {
	step: Pick<Step, 'name' | 'claim'>;
	finding: Finding;
	/** Milliseconds. */
	took: number;
}

/** The table of a release, and below it what did not fit. */
export function describeReport(rows: readonly Reported[]): string {
	const cells = rows.map(({ step, finding, took }) => [
		`${MARKS[finding.state]} ${step.name}`,
		step.claim,
		finding.detail,
		`${(took / 1_000).toFixed(1)} s`,
	]);
	const head = ['Step', 'What must hold', 'Found', 'Took'];
	const widths = head.map((title, column) =>
		Math.max(...[head, ...cells].map((row) => row[column]?.length ?? title.length)),
	);
	const line = (row: readonly string[]) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd();
	const details = rows
		.filter(({ finding }) => (finding.lines ?? []).length > 0)
		.map(
			({ step, finding }) =>
				`${step.name}\n${(finding.lines ?? []).map((text) => `  ${text}`).join('\n')}`,
		);
	return [
		line(head),
		line(widths.map((width) => '─'.repeat(width))),
		...cells.map(line),
		...details.map((text) => `\n${text}`),
	].join('\n');
}
