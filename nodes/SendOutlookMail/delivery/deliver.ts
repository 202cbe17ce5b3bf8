import type { Exchange } from '../outcome/exchange';
import { verdictOf, type KeyVerdict, type Verdict } from '../outcome/verdict';
import { runInLanes } from './lanes';
import { nextDelayMs, type RetryPolicy } from './retryPolicy';
import { deliverWithKey, type ParcelKey } from './sendOnce/deliverWithKey';
import type { SendOnceRegister } from './sendOnce/sendOnceRegister';

/** What is to be delivered. Delivery neither knows nor cares what it is. */
export interface Parcel {
	/** Makes one attempt. Every attempt carries the same id, by which the other side knows it. */
	attempt(clientRequestId: string, signal?: AbortSignal): Promise<Exchange>;
	/** Parcels with the same key are delivered once. */
	once?: ParcelKey | undefined;
	/** What to do when nobody knows whether it arrived; as the plan says if absent. */
	onUnknownOutcome?: RetryPolicy['onUnknownOutcome'] | undefined;
	/**
	 * Clears away what attempts left on the other side. Called when there is to be no further attempt
	 * and the parcel was not taken; repeated like an attempt.
	 */
	abandon?(clientRequestId: string): Promise<Exchange>;
}

export interface Delivery {
	verdict: Verdict | KeyVerdict | 'notTried';
	attempts: number;
	clientRequestId: string;
	/** The last exchange; none when no attempt was made. */
	exchange?: Exchange;
	/** When the answer came. */
	endedAt: Date;
	/** Something before the last attempt may have been taken. */
	mayBeDuplicate: boolean;
	/** Why the key could not be kept. */
	keyCause?: unknown;
}

export interface DeliveryPlan {
	/** How many parcels may be under way at once. */
	lanes: number;
	retry: RetryPolicy;
	/** Whether the others go on when one does not go. */
	continueOnFail: boolean;
	/** Where keys are remembered; without it, keys are not looked at. */
	register?: SendOnceRegister | undefined;
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
			endedAt: plan.retry.now(),
			mayBeDuplicate: false,
		}),
	);
	await runInLanes(parcels.length, plan.lanes, async (index) => {
		if (plan.signal?.aborted) return 'stop';
		const delivery = await deliverOnce(parcels[index]!, deliveries[index]!, plan);
		deliveries[index] = delivery;
		const went = delivery.verdict === 'accepted' || delivery.verdict === 'alreadySent';
		return went || plan.continueOnFail ? 'goOn' : 'stop';
	});
	return deliveries;
}

async function deliverOnce(
	parcel: Parcel,
	untried: Delivery,
	plan: DeliveryPlan,
): Promise<Delivery> {
	const { onUnknownOutcome = plan.retry.onUnknownOutcome } = parcel;
	const retry = { ...plan.retry, onUnknownOutcome };
	const deliverNow = async (startedBefore: boolean) =>
		await deliverOrClear(parcel, { ...untried, mayBeDuplicate: startedBefore }, retry, plan.signal);
	if (!parcel.once || !plan.register) return await deliverNow(false);
	const options = { onUnknownOutcome, signal: plan.signal };
	const ended = await deliverWithKey(plan.register, parcel.once, options, deliverNow);
	return { ...untried, ...ended };
}

async function deliverOrClear(
	parcel: Parcel,
	untried: Delivery,
	retry: RetryPolicy,
	signal: AbortSignal | undefined,
): Promise<Delivery> {
	const delivery = await deliverOne(parcel, untried, retry, signal);
	if (parcel.abandon && !mayHaveArrived(delivery)) {
		await deliverOne({ attempt: parcel.abandon.bind(parcel) }, untried, retry, signal);
	}
	return delivery;
}

function mayHaveArrived({ verdict, mayBeDuplicate }: Delivery): boolean {
	return verdict === 'accepted' || verdict === 'unknown' || mayBeDuplicate;
}

async function deliverOne(
	parcel: Parcel,
	untried: Delivery,
	retry: RetryPolicy,
	signal: AbortSignal | undefined,
): Promise<Delivery> {
	let { mayBeDuplicate } = untried;
	let waitedMs = 0;
	for (let attempts = 1; ; attempts++) {
		const exchange = await parcel.attempt(untried.clientRequestId, signal);
		const verdict = verdictOf(exchange);
		const endedAt = retry.now();
		const delivery = { ...untried, verdict, attempts, exchange, endedAt, mayBeDuplicate };
		const delayMs = nextDelayMs({ exchange, verdict, attempts, waitedMs }, retry);
		if (delayMs === undefined) return delivery;
		if ((await retry.wait(delayMs, signal)) === 'stopped') return delivery;
		mayBeDuplicate ||= verdict === 'unknown';
		waitedMs += delayMs;
	}
}
