import type { Exchange } from '../graph/exchange';
import type { JobKey } from './once/deliverWithKey';

/** What is to be delivered. Delivery neither knows nor cares what it is. */
export interface Job {
	/** Makes one attempt. Every attempt carries the same id, by which the other side knows it. */
	attempt(clientRequestId: string, signal?: AbortSignal): Promise<Exchange>;
	/** Jobs with the same key are delivered once. */
	once?: JobKey | undefined;
	/** What to do when nobody knows whether it arrived; as the plan says if absent. */
	onUnknownOutcome?: 'fail' | 'retry' | undefined;
	/**
	 * Clears away what attempts left on the other side. Called when there is to be no further attempt
	 * and the job was not taken; repeated like an attempt.
	 */
	abandon?(clientRequestId: string): Promise<Exchange>;
}

/** Jobs in their order. */
export interface Jobs {
	readonly length: number;
	/** Asked once for each job, when its turn has come: what is made only then is held only then. */
	at(index: number): Job | undefined;
}
