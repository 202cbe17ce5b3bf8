import type { Exchange } from '../graph/exchange';
import type { KeyVerdict, Verdict } from '../graph/verdict';
import type { LaneUser } from './appLanes';
import { deliverOne, type DeliverOnePlan, type Permit } from './deliverOne';
import { haltWith, type Halt } from './halt';
import { runInLanes } from './lanes';
import type { Pace } from './pace';
import type { RetryPolicy } from './retryPolicy';
import { deliverWithKey, type ParcelKey } from './once/deliverWithKey';
import type { SendOnceRegister } from './once/sendOnceRegister';

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

/** Parcels in their order. */
export interface Parcels {
	readonly length: number;
	/** Asked once for each parcel, when its turn has come: what is made only then is held only then. */
	at(index: number): Parcel | undefined;
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
	/** The lanes of the app, which all executions share; without them, `lanes` alone counts. */
	shared?: LaneUser | undefined;
	/** When the next parcel may start; at once if absent. */
	pace?: Pace | undefined;
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
	parcels: ReadonlyArray<Parcel> | Parcels,
	plan: DeliveryPlan,
	createId: () => string = () => globalThis.crypto.randomUUID(),
): Promise<Delivery[]> {
	const deliveries = Array.from(
		{ length: parcels.length },
		(): Delivery => ({
			verdict: 'notTried',
			attempts: 0,
			clientRequestId: createId(),
			endedAt: plan.retry.now(),
			mayBeDuplicate: false,
		}),
	);
	const halt = haltWith(plan.signal);
	await runInLanes(parcels.length, plan.lanes, async (index) => {
		if ((await plan.pace?.turn(halt.signal)) === 'stopped' || halt.signal.aborted) return 'stop';
		const delivery = await deliverOnce(parcels.at(index)!, deliveries[index]!, plan, halt);
		deliveries[index] = delivery;
		if (delivery.attempts === 0) plan.pace?.giveBack();
		const went = delivery.verdict === 'accepted' || delivery.verdict === 'alreadySent';
		if (went || plan.continueOnFail) return 'goOn';
		halt.abort();
		return 'stop';
	});
	halt.release();
	return deliveries;
}

async function deliverOnce(
	parcel: Parcel,
	untried: Delivery,
	plan: DeliveryPlan,
	halt: Halt,
): Promise<Delivery> {
	const { onUnknownOutcome = plan.retry.onUnknownOutcome } = parcel;
	const retry = { ...plan.retry, onUnknownOutcome };
	const deliverNow = async (mayStart?: () => Promise<Permit>) =>
		await deliverOrClear(parcel, untried, { ...plan, retry, mayStart }, halt);
	if (!parcel.once || !plan.register) return await deliverNow();
	const options = { onUnknownOutcome, signal: halt.signal };
	const ended = await deliverWithKey(plan.register, parcel.once, options, deliverNow);
	return { ...untried, ...ended };
}

async function deliverOrClear(
	parcel: Parcel,
	untried: Delivery,
	plan: DeliveryPlan & Pick<DeliverOnePlan, 'mayStart'>,
	halt: Halt,
): Promise<Delivery> {
	const delivery = await deliverOne(parcel, untried, {
		...plan,
		halt: halt.signal,
		onFailure: () => {
			if (!plan.continueOnFail) halt.abort();
		},
	});
	if (parcel.abandon && delivery.attempts > 0 && !mayHaveArrived(delivery)) {
		await clear(parcel.abandon.bind(parcel), untried, plan);
	}
	return delivery;
}

/** Goes on although a parcel has failed; once the execution is stopped, it is tried without waiting. */
async function clear(
	attempt: Parcel['attempt'],
	untried: Delivery,
	{ retry, shared, signal }: DeliveryPlan,
): Promise<void> {
	const stopped = haltWith(signal);
	const plan = { retry, signal, halt: stopped.signal, onFailure: () => {} };
	await deliverOne({ attempt }, untried, stopped.signal.aborted ? plan : { ...plan, shared });
	stopped.release();
}

function mayHaveArrived({ verdict, mayBeDuplicate }: Delivery): boolean {
	return verdict === 'accepted' || verdict === 'unknown' || mayBeDuplicate;
}
