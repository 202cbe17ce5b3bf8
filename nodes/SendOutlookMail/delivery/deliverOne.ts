import type { KeyVerdict } from '../graph/verdict';
import { attemptInLane } from './attemptInLane';
import type { DeliveryPlan } from './deliver';
import type { Delivery } from './delivery';
import type { Job } from './job';
import { nextDelayMs } from './retryPolicy';

/** Leave to make an attempt, or what to report instead. */
export type Permit =
	| {
			kind: 'granted';
			/** An earlier run may have delivered it already. */
			mayBeDuplicate: boolean;
			/** To be called before a wait: what was attempted was surely not taken. */
			giveBack(): void;
	  }
	| { kind: 'denied'; instead: { verdict: KeyVerdict | 'notTried'; keyCause?: unknown } };

export interface DeliverOnePlan extends Pick<DeliveryPlan, 'retry' | 'shared' | 'signal'> {
	/** Ends the waits for a lane and between attempts. */
	halt: AbortSignal;
	/** Called when the job has failed for good, before its lane goes to the next one. */
	onFailure: () => void;
	/** Asked when there is a lane, unless a permit is still held. */
	mayStart?: (() => Promise<Permit>) | undefined;
}

/** Tries a job until it is taken, refused, or tried often enough. */
export async function deliverOne(
	job: Job,
	untried: Delivery,
	{ retry, shared, signal, halt, onFailure, mayStart }: DeliverOnePlan,
): Promise<Delivery> {
	let delivery = untried;
	let waitedMs = 0;
	let permit: Permit | undefined;
	const mayAttempt = async () => {
		permit ??= await mayStart?.();
		if (permit?.kind === 'granted' && permit.mayBeDuplicate)
			delivery = { ...delivery, mayBeDuplicate: true };
		// It may have been halted while it waited for leave.
		if (permit?.kind !== 'denied') return !(permit && halt.aborted);
		delivery = { ...delivery, ...permit.instead };
		if (delivery.verdict !== 'alreadySent') onFailure();
		return false;
	};
	for (let attempts = 1; ; attempts++) {
		const attempt = await attemptInLane(job, untried.clientRequestId, {
			...{ shared, retry, halt, signal },
			maxWaitMs: retry.maxWaitMs - waitedMs,
			mayAttempt,
		});
		if (attempt === 'halted' || attempt === 'denied') return delivery;
		const { exchange, made } = attempt;
		const { verdict } = exchange;
		delivery = {
			...delivery,
			...{ verdict, exchange, endedAt: retry.now() },
			attempts: made ? attempts : attempts - 1,
		};
		const delayMs = made
			? nextDelayMs({ exchange, verdict, attempts, waitedMs }, retry)
			: undefined;
		if (delayMs === undefined && verdict !== 'accepted') onFailure();
		const mayBeTaken = verdict === 'unknown' || delivery.mayBeDuplicate;
		if (delayMs !== undefined && permit?.kind === 'granted' && !mayBeTaken) {
			permit.giveBack();
			permit = undefined;
		}
		attempt.leaveLane();
		if (delayMs === undefined) return delivery;
		if ((await retry.wait(delayMs, halt)) === 'stopped') return delivery;
		delivery = { ...delivery, mayBeDuplicate: mayBeTaken };
		waitedMs += delayMs;
	}
}
