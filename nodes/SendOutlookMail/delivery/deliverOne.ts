import { verdictOf, type KeyVerdict } from '../outcome/verdict';
import { attemptInLane } from './attemptInLane';
import type { Delivery, DeliveryPlan, Parcel } from './deliver';
import { nextDelayMs } from './retryPolicy';

/** Leave to make the first attempt, or what to report instead. */
export type Permit =
	/** `mayBeDuplicate`: an earlier run may have delivered it already. */
	| { kind: 'granted'; mayBeDuplicate: boolean }
	| { kind: 'denied'; instead: { verdict: KeyVerdict | 'notTried'; keyCause?: unknown } };

export interface DeliverOnePlan extends Pick<DeliveryPlan, 'retry' | 'shared' | 'signal'> {
	/** Ends the waits for a lane and between attempts. */
	halt: AbortSignal;
	/** Called when the parcel has failed for good, before its lane goes to the next one. */
	onFailure: () => void;
	/** Asked when there is a lane for the first attempt. */
	mayStart?: (() => Promise<Permit>) | undefined;
}

/** Tries a parcel until it is taken, refused, or tried often enough. */
export async function deliverOne(
	parcel: Parcel,
	untried: Delivery,
	{ retry, shared, signal, halt, onFailure, mayStart }: DeliverOnePlan,
): Promise<Delivery> {
	let delivery = untried;
	let waitedMs = 0;
	let permitted = false;
	const mayAttempt = async () => {
		const permit = permitted ? undefined : await mayStart?.();
		permitted = permit?.kind !== 'denied';
		if (permit?.kind === 'granted')
			delivery = { ...delivery, mayBeDuplicate: permit.mayBeDuplicate };
		if (permit?.kind === 'denied') {
			delivery = { ...delivery, ...permit.instead };
			if (delivery.verdict !== 'alreadySent') onFailure();
		}
		return permitted;
	};
	for (let attempts = 1; ; attempts++) {
		const attempt = await attemptInLane(parcel, untried.clientRequestId, {
			...{ shared, retry, halt, signal },
			maxWaitMs: retry.maxWaitMs - waitedMs,
			mayAttempt,
		});
		if (attempt === 'halted' || attempt === 'denied') return delivery;
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
