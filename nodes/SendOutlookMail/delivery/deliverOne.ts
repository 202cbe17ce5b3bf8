import { verdictOf } from '../outcome/verdict';
import { attemptInLane } from './attemptInLane';
import type { Delivery, DeliveryPlan, Parcel } from './deliver';
import { nextDelayMs } from './retryPolicy';

export interface DeliverOnePlan extends Pick<DeliveryPlan, 'retry' | 'shared' | 'signal'> {
	/** Ends the waits for a lane and between attempts. */
	halt: AbortSignal;
	/** Called when the parcel has failed for good, before its lane goes to the next one. */
	onFailure: () => void;
}

/** Tries a parcel until it is taken, refused, or tried often enough. */
export async function deliverOne(
	parcel: Parcel,
	untried: Delivery,
	{ retry, shared, signal, halt, onFailure }: DeliverOnePlan,
): Promise<Delivery> {
	let delivery = untried;
	let waitedMs = 0;
	for (let attempts = 1; ; attempts++) {
		const maxWaitMs = retry.maxWaitMs - waitedMs;
		const attempt = await attemptInLane(parcel, untried.clientRequestId, {
			...{ shared, retry, halt, signal },
			maxWaitMs,
		});
		if (attempt === 'halted') return delivery;
		const { exchange, made } = attempt;
		const verdict = verdictOf(exchange);
		delivery = {
			...delivery,
			...{ verdict, exchange, endedAt: retry.now() },
			attempts: made ? attempts : attempts - 1,
		};
		const delayMs = made
			? nextDelayMs({ exchange, verdict, attempts, waitedMs }, retry)
			: undefined;
		if (delayMs === undefined && verdict !== 'accepted') onFailure();
		attempt.leaveLane();
		if (delayMs === undefined) return delivery;
		if ((await retry.wait(delayMs, halt)) === 'stopped') return delivery;
		if (verdict === 'unknown') delivery = { ...delivery, mayBeDuplicate: true };
		waitedMs += delayMs;
	}
}
