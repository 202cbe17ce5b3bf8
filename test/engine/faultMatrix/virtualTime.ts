import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import type { Time } from '#node/operations/deliverMails';
import { send } from '#node/operations/send';
import { SendOutlookMail } from '#node/SendOutlookMail.node';
import type { Clock } from '#node/facts/clock';

let skippedMs = 0;

/** Waits end in the next turn of the event loop, and the clock is put forward by their length. */
export const virtualClock: Clock = {
	now: () => Date.now() + skippedMs,
	wait: async (delayMs, signal) => {
		await new Promise(setImmediate);
		if (signal?.aborted) return 'stopped';
		skippedMs += delayMs;
		return 'waited';
	},
	random: () => 0.5,
};

/** The node with another clock and other limits; it only sends. */
export function nodeIn(time: () => Time): INodeType {
	return Object.assign(new SendOutlookMail(), {
		async execute(this: IExecuteFunctions) {
			return [await send(this, time())];
		},
	});
}
