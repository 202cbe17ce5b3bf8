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
	/** Why the key could not be kept. */
	keyCause?: unknown;
}
