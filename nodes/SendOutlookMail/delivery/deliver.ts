import type { Exchange } from '../outcome/exchange';
import { verdictOf, type Verdict } from '../outcome/verdict';
import { nextDelayMs, type RetryPolicy } from './retryPolicy';
import { runInLanes } from './lanes';

/** What is to be delivered. Delivery neither knows nor cares what it is. */
export interface Parcel {
	/** Makes one attempt. Every attempt carries the same id, by which the other side knows it. */
	attempt(clientRequestId: string, signal?: AbortSignal): Promise<Exchange>;
	/**
	 * Clears away what attempts left on the other side. Called when there is to be no further attempt
	 * and the parcel was not taken; repeated like an attempt.
	 */
	abandon?(clientRequestId: string): Promise<Exchange>;
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
	await runInLanes(parcels.length, plan.lanes, async (index) => {
		if (plan.signal?.aborted) return 'stop';
		const { clientRequestId } = deliveries[index]!;
		const parcel = parcels[index]!;
		const delivery = await deliverOne(parcel, clientRequestId, plan);
		if (parcel.abandon && !mayHaveArrived(delivery.verdict)) {
			const abandon = parcel.abandon.bind(parcel);
			await deliverOne({ attempt: abandon }, clientRequestId, plan);
		}
		deliveries[index] = delivery;
		return delivery.verdict === 'accepted' || plan.continueOnFail ? 'goOn' : 'stop';
	});
	return deliveries;
}

function mayHaveArrived(verdict: Delivery['verdict']): boolean {
	return verdict === 'accepted' || verdict === 'unknown';
}

async function deliverOne(
	parcel: Parcel,
	clientRequestId: string,
	{ retry, signal }: DeliveryPlan,
): Promise<Delivery> {
	let waitedMs = 0;
	for (let attempts = 1; ; attempts++) {
		const exchange = await parcel.attempt(clientRequestId, signal);
		const verdict = verdictOf(exchange);
		const delivery = { verdict, attempts, clientRequestId, exchange, endedAt: new Date() };
		const delayMs = nextDelayMs({ exchange, verdict, attempts, waitedMs }, retry);
		if (delayMs === undefined) return delivery;
		if ((await retry.wait(delayMs, signal)) === 'stopped') return delivery;
		waitedMs += delayMs;
	}
}
