import type { Exchange } from '../graph/exchange';
import type { KeyVerdict, Verdict } from '../graph/verdict';

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

export function notTried(clientRequestId: string, now: number): Delivery {
	return {
		verdict: 'notTried',
		attempts: 0,
		clientRequestId,
		endedAt: new Date(now),
		mayBeDuplicate: false,
	};
}

/** Whether it was taken, now or before. */
export function hasArrived({ verdict }: Pick<Delivery, 'verdict'>): boolean {
	return verdict === 'accepted' || verdict === 'alreadySent';
}

/** Whether nobody can rule out that an attempt was taken. */
export function mayHaveArrived({ verdict, mayBeDuplicate }: Delivery): boolean {
	return verdict === 'accepted' || verdict === 'unknown' || mayBeDuplicate;
}
