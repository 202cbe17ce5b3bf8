import type { NodeExecutionHint } from 'n8n-workflow';
import { announcePace } from '../../../../nodes/SendOutlookMail/outcome/paceHint';

const start = new Date('2026-11-22T10:00:00Z');

function hintsFor(mails: number, durationMs: number): string[] {
	const hints: NodeExecutionHint[] = [];
	const context = {
		addExecutionHints: (...added: NodeExecutionHint[]) => void hints.push(...added),
	};
	announcePace(context, { mails, perMinute: 30, durationMs }, start);
	return hints.map(({ message }) => message);
}

test('a short run says nothing', () => {
	expect(hintsFor(30, 59_999)).toEqual([]);
});

test.each([
	[31, 60_000, '31 mails at 30 per minute take about 1 minute, until 2026-11-22T10:01:00.000Z.'],
	[
		301,
		600_000,
		'301 mails at 30 per minute take about 10 minutes, until 2026-11-22T10:10:00.000Z.',
	],
	[
		3901,
		7_800_000,
		'3901 mails at 30 per minute take about 2 hours and 10 minutes, until 2026-11-22T12:10:00.000Z.',
	],
])('a run of %i mails says how long it takes', (mails, durationMs, message) => {
	expect(hintsFor(mails, durationMs)).toEqual([message]);
});
