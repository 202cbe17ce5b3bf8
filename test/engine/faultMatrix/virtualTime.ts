import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { send } from '#node/operations/send';
import { SendOutlookMail } from '#node/SendOutlookMail.node';
import { SYSTEM_CLOCK, type Clock } from '#node/facts/clock';
import { afterBy } from '../../node/delivery/testClock';

let skippedMs = 0;

/** How long a real request, and a real wait for a token, may take, in milliseconds. */
const REAL_LIMITS = { connect: 20_001, answer: 30_001, token: 30_002 };
const REAL_WAITS: readonly number[] = Object.values(REAL_LIMITS);

/** For answers of which one may never come. */
const HANG_LIMIT = 30_003;

/** Requests that wait for an answer, those whose limit is over, and those that get none. */
let requests = { open: 0, over: 0, hung: () => 0 };

/**
 * Waits end in the next round of the event loop, and the clock is put forward by their length. Only the
 * limits of requests pass in real time, as the requests do. The limit of an answer that never comes is
 * over when every other request has been answered.
 */
const virtualClock: Clock = {
	now: () => Date.now() + skippedMs,
	wait,
	after: afterBy(wait),
	random: () => 0.5,
};

async function wait(delayMs: number, signal?: AbortSignal): Promise<'waited' | 'stopped'> {
	if (REAL_WAITS.includes(delayMs)) return await SYSTEM_CLOCK.wait(delayMs, signal);
	if (delayMs === HANG_LIMIT) return await untilOthersAreAnswered(signal);
	await new Promise(setImmediate);
	if (signal?.aborted) return 'stopped';
	skippedMs += delayMs;
	return 'waited';
}

async function untilOthersAreAnswered(signal?: AbortSignal): Promise<'waited' | 'stopped'> {
	const mine = requests;
	mine.open++;
	while (!signal?.aborted && mine.open > mine.hung() - mine.over) await new Promise(setImmediate);
	mine.open--;
	if (signal?.aborted) return 'stopped';
	mine.over++;
	return 'waited';
}

/**
 * The node with the virtual clock; it only sends.
 *
 * @param hung how many requests have got no answer and will get none; if absent, all get one
 */
export function nodeInVirtualTime(hung?: () => number): INodeType {
	requests = { open: 0, over: 0, hung: hung ?? (() => 0) };
	const limits = hung ? { ...REAL_LIMITS, answer: HANG_LIMIT } : REAL_LIMITS;
	return Object.assign(new SendOutlookMail(), {
		async execute(this: IExecuteFunctions) {
			return [await send(this, { clock: virtualClock, limits })];
		},
	});
}
