import type { Exchange } from '../graph/exchange';
import type { Verdict } from '../graph/verdict';

/** What is to be delivered. Delivery does not know what it is. */
export interface Job {
	/**
	 * Gets what an attempt needs before it takes a lane, such as a token.
	 *
	 * @returns why no attempt can be made now
	 */
	prepare?(signal: AbortSignal): Promise<Exchange | undefined>;
	/** Makes one attempt. Every attempt carries the same ID, by which Microsoft's support finds it. */
	attempt(clientRequestId: string, signal?: AbortSignal): Promise<Exchange>;
	/** Jobs with the same key are delivered once. */
	once?: JobKey | undefined;
	/** What to do when the outcome is unknown; as the plan says if absent. */
	onUnknownOutcome?: 'fail' | 'retry' | undefined;
	/**
	 * Removes what attempts left on the other side. Called when there is to be no further attempt and
	 * the job was not taken; repeated like an attempt.
	 */
	abandon?(clientRequestId: string): Promise<Exchange>;
}

/** A job's key, and whether it is forgotten first. */
export interface JobKey {
	key: string;
	forget: boolean;
}

/** Jobs in their order. */
export interface Jobs {
	readonly length: number;
	/**
	 * Asked once for each, in order, right before it starts: what is made only then is held only then.
	 * Undefined where there is no job after all.
	 */
	at(index: number): Promise<Job | undefined> | Job | undefined;
}

/**
 * What a key that is sent once says about an email before any attempt.
 *
 * - `alreadySent`: an email with this key was accepted before.
 * - `startedBefore`: an email with this key was started before and its outcome is not known.
 * - `keyNotKept`: n8n could not store the key, so nothing was sent.
 */
export type KeyVerdict = 'alreadySent' | 'startedBefore' | 'keyNotKept';

/** What became of a job. */
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
	/** Why the key could not be stored. */
	keyCause?: unknown;
}

export function notTried(now: number): Delivery {
	const clientRequestId = globalThis.crypto.randomUUID();
	const endedAt = new Date(now);
	return { verdict: 'notTried', attempts: 0, clientRequestId, endedAt, mayBeDuplicate: false };
}

/** Whether it was taken, now or before. */
export function hasArrived({ verdict }: Pick<Delivery, 'verdict'>): boolean {
	return verdict === 'accepted' || verdict === 'alreadySent';
}

/** Whether it can't be ruled out that an attempt was taken. */
export function mayHaveArrived({ verdict, mayBeDuplicate }: Delivery): boolean {
	return verdict === 'accepted' || verdict === 'unknown' || mayBeDuplicate;
}
