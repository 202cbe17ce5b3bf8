import type { IExecuteFunctions } from 'n8n-workflow';

/** Older hosts lack one or the other. */
type Context = Pick<IExecuteFunctions, 'getNode'> &
	Partial<Pick<IExecuteFunctions, 'addExecutionHints' | 'logger' | 'sendMessageToUI'>>;

/** A run whose mails leave evenly spread. */
export interface PacedRun {
	mails: number;
	perMinute: number;
	durationMs: number;
}

/**
 * Tells how long a paced run takes: n8n's log and, of a run by hand, the browser's console have it at
 * once; the hint comes with the node's output, since n8n shows none of a running node.
 */
export function announcePace(context: Context, run: PacedRun, startedAt: Date): void {
	const { mails, perMinute, durationMs } = run;
	const takes = `${mails} mails at ${perMinute} per minute take about ${inWords(durationMs)}`;
	const endsAt = new Date(startedAt.getTime() + durationMs).toISOString();
	tell(context, 'info', `${takes}, until ${endsAt}.`);
	context.addExecutionHints?.({ message: `${takes}.`, type: 'info', location: 'outputPane' });
}

/** Tells how far a paced run is, where somebody can see it meanwhile. */
export function countDown(
	context: Context,
	{ mails }: Pick<PacedRun, 'mails'>,
	{ left, leftMs }: { left: number; leftMs: number },
): void {
	tell(context, 'debug', `${left} of ${mails} mails are left, for about ${inWords(leftMs)}.`);
}

function tell(context: Context, level: 'info' | 'debug', text: string): void {
	context.logger?.[level](`${context.getNode().name}: ${text}`);
	// Prints to the browser's console, and only if a person watches.
	context.sendMessageToUI?.(text);
}

/** 398,000 ms are `6 min 38 s`; from an hour on, seconds do not matter. */
function inWords(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return parts([minutes, 'min'], [seconds % 60, 's']);
	return parts([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min']);
}

function parts(...all: Array<[count: number, unit: string]>): string {
	const counted = all.filter(([count]) => count > 0);
	return (counted.length > 0 ? counted : all.slice(-1)).map((part) => part.join(' ')).join(' ');
}
