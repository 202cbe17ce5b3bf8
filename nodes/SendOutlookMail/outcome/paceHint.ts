import type { IExecuteFunctions } from 'n8n-workflow';

/** A paced run that takes longer than this is worth a word, in milliseconds. */
const LONG_MS = 60_000;

/** Tells how long a paced run takes, where that is long. n8n shows it with the node's output. */
export function announcePace(
	context: Partial<Pick<IExecuteFunctions, 'addExecutionHints'>>,
	{ mails, perMinute, durationMs }: { mails: number; perMinute: number; durationMs: number },
	startedAt: Date,
): void {
	if (durationMs < LONG_MS) return;
	const endsAt = new Date(startedAt.getTime() + durationMs).toISOString();
	context.addExecutionHints?.({
		message: `${mails} mails at ${perMinute} per minute take about ${inWords(durationMs)}, until ${endsAt}.`,
		type: 'info',
		location: 'outputPane',
	});
}

function inWords(milliseconds: number): string {
	const minutes = Math.round(milliseconds / 60_000);
	if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
	return `${Math.floor(minutes / 60)} hours and ${minutes % 60} minutes`;
}
