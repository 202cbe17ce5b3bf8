import type { IExecuteFunctions } from 'n8n-workflow';

/** How fast a run may go. */
export interface Speed {
	/** How many mails may be under way at once, 1 to 4. */
	simultaneous: number;
	/** None: as fast as the mailbox allows. */
	messagesPerMinute?: number;
}

/** The most that the field offers; Graph serves one app no more requests at a time. */
const MOST_SIMULTANEOUS = 4;

/** Reads the options that concern the whole run; those of the first item count. */
export function readSpeed(context: Pick<IExecuteFunctions, 'getNodeParameter'>): Speed {
	const read = (name: string) => Number(context.getNodeParameter(`options.${name}`, 0, 0));
	const simultaneous = Math.trunc(read('simultaneous')) || MOST_SIMULTANEOUS;
	const messagesPerMinute = read('messagesPerMinute');
	return {
		simultaneous: Math.min(Math.max(simultaneous, 1), MOST_SIMULTANEOUS),
		...(messagesPerMinute > 0 ? { messagesPerMinute } : {}),
	};
}
