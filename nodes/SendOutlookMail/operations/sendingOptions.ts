import type { Job } from '../delivery/job';
import type { Refusal } from '../mail/issues';
import type { Options } from '../mail/parameters';
import { notSet, read, refuse, type Parsed } from '../mail/parsed';

/** What the options of one item say of its sending. */
export interface SendingOptions {
	/** When the email may be sent again. */
	repetition: Required<Pick<Job, 'once' | 'onUnknownOutcome'>>;
	speed: Speed;
}

/** How fast a run may go. */
export interface Speed {
	/** How many emails may be in flight at once, 1 to 4. */
	simultaneous: number;
	/** None: as fast as the mailbox allows. */
	messagesPerMinute?: number;
}

/** @returns also what is to be fixed */
export function readSendingOptions(options: Options): SendingOptions & { refusals: Refusal[] } {
	const { value: key, refusals } = readSendOnceKey(options);
	const once = key === undefined ? undefined : { key, forget: options.sendOnceForget === true };
	const onUnknownOutcome = options.onUnknownOutcome === 'retry' ? 'retry' : 'fail';
	return { repetition: { once, onUnknownOutcome }, speed: readSpeed(options), refusals };
}

/**
 * An option that is there but empty is not the same as none: its email would be sent again and again.
 */
function readSendOnceKey(options: Options): Parsed<string> {
	if (!Object.hasOwn(options, 'sendOnceKey')) return notSet();
	const { sendOnceKey } = options;
	const text = Number.isFinite(sendOnceKey) ? String(sendOnceKey) : (sendOnceKey ?? '');
	if (typeof text !== 'string') {
		return refuse('sendOnceKey', {
			cause: 'The key is neither a text nor a number',
			remedy: 'Let the expression pick one value, such as {{ $json.employeeId }}.',
		});
	}
	if (text.trim() !== '') return read(text.trim());
	return refuse('sendOnceKey', {
		cause: 'The key is empty',
		remedy:
			'Let the expression give a text or a number that is different for each email, such as {{ $json.employeeId }}-welcome, or remove the option.',
	});
}

/** The most that the field offers; Graph serves no more requests at a time. */
const MOST_SIMULTANEOUS = 4;

/** NaN for what is neither a number nor a text: an object from an expression may not convert. */
function numberOf(value: unknown): number {
	return ['number', 'string'].includes(typeof value) ? Number(value) : Number.NaN;
}

/** From the options of one item: what concerns the whole run. */
export function readSpeed(options: Options): Speed {
	const simultaneous = Math.trunc(numberOf(options.simultaneous)) || MOST_SIMULTANEOUS;
	const messagesPerMinute = numberOf(options.messagesPerMinute);
	return {
		simultaneous: Math.min(Math.max(simultaneous, 1), MOST_SIMULTANEOUS),
		...(messagesPerMinute > 0 ? { messagesPerMinute } : {}),
	};
}
