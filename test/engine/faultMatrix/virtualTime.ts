import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import type { Time } from '#node/operations/deliverMails';
import { send } from '#node/operations/send';
import { SendOutlookMail } from '#node/SendOutlookMail.node';
import { SYSTEM_CLOCK, type Clock } from '#node/facts/clock';
import { afterBy } from '../../node/delivery/testClock';

let skippedMs = 0;

/** How long a real request, and a real wait for a token, may take, in milliseconds. */
const REAL_LIMITS = { connect: 20_001, answer: 30_001, token: 30_002 };

/** For an answer that never comes. */
export const SHORT_ANSWER_LIMIT = 1_001;

const realWaits: ReadonlySet<number> = new Set([...Object.values(REAL_LIMITS), SHORT_ANSWER_LIMIT]);

/**
 * Waits end in the next round of the event loop, and the clock is put forward by their length. Only the
 * limits of requests pass in real time, as the requests do.
 */
const virtualClock: Clock = {
	now: () => Date.now() + skippedMs,
	wait,
	after: afterBy(wait),
	random: () => 0.5,
};

async function wait(delayMs: number, signal?: AbortSignal): Promise<'waited' | 'stopped'> {
	if (realWaits.has(delayMs)) return await SYSTEM_CLOCK.wait(delayMs, signal);
	await new Promise(setImmediate);
	if (signal?.aborted) return 'stopped';
	skippedMs += delayMs;
	return 'waited';
}

/** The node with the virtual clock; it only sends. */
export function nodeInVirtualTime(limits: () => Time['limits'] = () => ({})): INodeType {
	return Object.assign(new SendOutlookMail(), {
		async execute(this: IExecuteFunctions) {
			const time = { clock: virtualClock, limits: { ...REAL_LIMITS, ...limits() } };
			return [await send(this, time)];
		},
	});
}
