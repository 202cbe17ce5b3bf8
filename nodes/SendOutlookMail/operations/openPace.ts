import type { IExecuteFunctions } from 'n8n-workflow';
import { createPace, durationMs, type Pace } from '../delivery/pace';
import type { Speed } from '../fields';
import { announcePace } from '../outcome/paceHint';

/** The pace that the designer chose, if any; a run that takes long because of it says so. */
export function openPace(
	context: Pick<IExecuteFunctions, 'addExecutionHints'>,
	mails: number,
	{ messagesPerMinute: perMinute }: Speed,
): Pace | undefined {
	if (perMinute === undefined) return undefined;
	announcePace(context, { mails, perMinute, durationMs: durationMs(mails, perMinute) }, new Date());
	return createPace(perMinute);
}
