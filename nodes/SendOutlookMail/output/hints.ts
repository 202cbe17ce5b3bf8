import type { IExecuteFunctions } from 'n8n-workflow';
import { durationMs } from '../delivery/pace';
import type { Warning } from '../mail/issues';
import { asHtml } from './report';

/** Older hosts show no hints. */
type HintContext = Partial<Pick<IExecuteFunctions, 'addExecutionHints'>>;

/** Shows the designer something that stopped no email. */
export function warn(context: HintContext, message: string): void {
	context.addExecutionHints?.({
		message: asHtml(message),
		type: 'warning',
		location: 'outputPane',
	});
}

/** An agent's tool with *Retry On Fail* and without keys. */
export const RETRIED_TOOL =
	'Retry On Fail runs the whole tool again, and an email that was accepted is sent twice. Turn it off, or give each email a Send Once Key.';

/** Keys whose outcome is known, but not stored. */
export function describeLostKeys(count: number): string {
	return `n8n could not store the outcome of ${count === 1 ? 'one email' : 'some emails'} with a Send Once Key. If the workflow runs again, it reports their outcome as unknown instead of sending them twice. Ask your n8n administrator about the database.`;
}

/** Drafts that are not sent and that Graph did not remove. */
export function describeLeftDrafts(count: number): string {
	return `${count === 1 ? 'A draft' : `${count} drafts`} of emails that were not sent could not be removed. Delete ${count === 1 ? 'it' : 'them'} in the Drafts folder of the linked mailbox; nothing sends ${count === 1 ? 'it' : 'them'}.`;
}

/** Shorter runs are not announced, in milliseconds. */
const LONG_RUN_MS = 60_000;

/** Announces how long a paced run takes: at its start in n8n's log, later in a hint. */
export function announcePace(
	context: HintContext &
		Pick<IExecuteFunctions, 'getNode'> &
		Partial<Pick<IExecuteFunctions, 'logger'>>,
	{ mails, perMinute }: { mails: number; perMinute: number },
	now: Date,
): void {
	const takesMs = durationMs(mails, perMinute);
	if (takesMs < LONG_RUN_MS) return;
	const takes = `${mails} emails at ${perMinute} per minute take about ${inWords(takesMs)}`;
	const endsAt = new Date(now.getTime() + takesMs).toISOString();
	context.logger?.info(`${context.getNode().name}: ${takes}, until ${endsAt}.`);
	context.addExecutionHints?.({ message: `${takes}.`, type: 'info', location: 'outputPane' });
}

/** 398,000 ms are `6 min 38 s`; from an hour on, seconds do not matter. */
function inWords(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	const minutes = Math.floor(seconds / 60);
	const [units, rest] =
		minutes < 60
			? [`${minutes} min`, `${seconds % 60} s`]
			: [`${Math.floor(minutes / 60)} h`, `${minutes % 60} min`];
	return rest.startsWith('0 ') ? units : `${units} ${rest}`;
}

/** More would push the output out of sight. */
const MOST_HINTS = 5;

/** Warnings of emails that are sent all the same. */
export class MailWarnings {
	/** One field of an email and the same words for many items: the designer reads it once. */
	private readonly repeated = new Map<string, { field: string; text: string; items: number[] }>();

	add(itemIndex: number, warnings: ReadonlyArray<Pick<Warning, 'field' | 'text'>>): void {
		for (const { field, text } of warnings) {
			const key = `${field} ${text}`;
			const before = this.repeated.get(key);
			if (before) before.items.push(itemIndex);
			else this.repeated.set(key, { field, text, items: [itemIndex] });
		}
	}

	/** Shows them beside the output. */
	show(context: HintContext): void {
		const all = [...this.repeated.values()];
		for (const { field, text, items } of all.slice(0, MOST_HINTS)) {
			const [first] = items;
			const which =
				items.length === 1 ? `item ${first}` : `${items.length} items, the first is ${first}`;
			warn(context, `${field} (${which}): ${text}`);
		}
		const others = all.length - MOST_HINTS;
		if (others > 0) warn(context, `The operation Preview shows more warnings: ${others}.`);
	}
}
