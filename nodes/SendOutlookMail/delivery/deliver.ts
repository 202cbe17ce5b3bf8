import type { Exchange } from '../outcome/exchange';
import { verdictOf, type Verdict } from '../outcome/verdict';
import type { LaneUser } from './appLanes';
import { attemptInLane } from './attemptInLane';
import { runInLanes } from './lanes';
import type { Pace } from './pace';
import { nextDelayMs, type RetryPolicy } from './retryPolicy';

/** What is to be delivered. Delivery neither knows nor cares what it is. */
export interface Parcel {
	/** Makes one attempt. Every attempt carries the same id, by which the other side knows it. */
	attempt(clientRequestId: string, signal?: AbortSignal): Promise<Exchange>;
}

export interface Delivery {
	verdict: Verdict | 'notTried';
	attempts: number;
	clientRequestId: string;
	/** The last exchange; none when no attempt was made. */
	exchange?: Exchange;
	/** When the answer came. */
	endedAt: Date;
}

export interface DeliveryPlan {
	/** How many parcels may be under way at once. */
	lanes: number;
	/** The lanes that all executions of this process share; without them, `lanes` alone counts. */
	shared?: LaneUser | undefined;
	/** When the next parcel may start. */
	pace?: Pace | undefined;
	retry: RetryPolicy;
	/** Whether the others go on when one does not go. */
	continueOnFail: boolean;
	/** Stops waits at once, and starts no further parcel. */
	signal?: AbortSignal | undefined;
}

/** Delivers all parcels and reports on each, in the order given. */
export async function deliver(
	parcels: ReadonlyArray<Parcel>,
	plan: DeliveryPlan,
	createId: () => string = () => globalThis.crypto.randomUUID(),
): Promise<Delivery[]> {
	const deliveries = parcels.map(
		(): Delivery => ({
			verdict: 'notTried',
			attempts: 0,
			clientRequestId: createId(),
			endedAt: new Date(),
		}),
	);
	const halt = haltingWith(plan.signal);
	await runInLanes(parcels.length, plan.lanes, async (index) => {
		if ((await plan.pace?.turn(halt.signal)) === 'stopped' || halt.signal.aborted) return 'stop';
		const delivery = await deliverOne(parcels[index]!, deliveries[index]!, plan, halt);
		deliveries[index] = delivery;
		return halt.signal.aborted ? 'stop' : 'goOn';
	});
	halt.release();
	return deliveries;
}

interface Halt {
	signal: AbortSignal;
	abort: () => void;
	release: () => void;
}

/**
 * Ends every wait when the execution is stopped or a parcel fails. What is under way goes on: a
 * request that is cut off has an unknown outcome.
 */
function haltingWith(signal: AbortSignal | undefined): Halt {
	const halt = new AbortController();
	const abort = () => halt.abort();
	if (signal?.aborted) abort();
	signal?.addEventListener('abort', abort, { once: true });
	return {
		signal: halt.signal,
		abort,
		release: () => signal?.removeEventListener('abort', abort),
	};
}

async function deliverOne(
	parcel: Parcel,
	untried: Delivery,
	plan: DeliveryPlan,
	halt: Halt,
): Promise<Delivery> {
	const { retry } = plan;
	let delivery = untried;
	let waitedMs = 0;
	for (let attempts = 1; ; attempts++) {
		const maxWaitMs = retry.maxWaitMs - waitedMs;
		const inLane = { ...plan, halt: halt.signal, maxWaitMs };
		const attempt = await attemptInLane(parcel, untried.clientRequestId, inLane);
		if (attempt === 'halted') return delivery;
		const { exchange, made } = attempt;
		const verdict = verdictOf(exchange);
		delivery = {
			...untried,
			verdict,
			exchange,
			attempts: made ? attempts : attempts - 1,
			endedAt: new Date(),
		};
		const delayMs = made
			? nextDelayMs({ exchange, verdict, attempts, waitedMs }, retry)
			: undefined;
		const failed = delayMs === undefined && verdict !== 'accepted';
		if (failed && !plan.continueOnFail) halt.abort();
		attempt.leaveLane();
		if (delayMs === undefined) return delivery;
		if ((await retry.wait(delayMs, halt.signal)) === 'stopped') return delivery;
		waitedMs += delayMs;
	}
}
