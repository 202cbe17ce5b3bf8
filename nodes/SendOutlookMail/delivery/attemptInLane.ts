import type { Exchange } from '../graph/exchange';
import type { Entry, LaneUser, RequestEnd } from './appLanes';
import type { Job } from './job';
import { serverDelayMs, type RetryPolicy } from './retryPolicy';

interface AttemptPlan {
	shared?: LaneUser | undefined;
	retry: RetryPolicy;
	/** Ends the wait for a lane. */
	halt: AbortSignal;
	/** How long Graph may keep the job waiting, in milliseconds. */
	maxWaitMs: number;
	/** Asked when there is a lane, before the attempt. */
	mayAttempt: () => Promise<boolean>;
	/** Ends the attempt itself. */
	signal?: AbortSignal | undefined;
}

export interface Attempt {
	exchange: Exchange;
	/** False for an exchange of another job, after which this one was not even tried. */
	made: boolean;
	/** Gives the lane to the next, once it is clear whether there is to be a next. */
	leaveLane: () => void;
}

/** Makes one attempt as soon as the app has a lane for it. */
export async function attemptInLane(
	job: Job,
	clientRequestId: string,
	{ shared, retry, halt, maxWaitMs, mayAttempt, signal }: AttemptPlan,
): Promise<Attempt | 'halted' | 'denied'> {
	const entry: Entry | undefined = await shared?.enter({ maxWaitMs, signal: halt });
	if (entry?.kind === 'stopped') return 'halted';
	if (entry?.kind === 'closed') {
		return { exchange: entry.exchange, made: false, leaveLane: () => {} };
	}
	let end: RequestEnd | undefined;
	try {
		if (!(await mayAttempt())) return 'denied';
		const exchange = await job.attempt(clientRequestId, signal);
		const learnt = (end = endOf(exchange, retry));
		return { exchange, made: true, leaveLane: () => entry?.pass.giveBack(learnt) };
	} finally {
		// What was denied or throws has no outcome, and must not keep the lane.
		if (!end) entry?.pass.giveBack({ kind: 'unknown' });
	}
}

/** What the app learns from it. */
function endOf(exchange: Exchange, { now }: RetryPolicy): RequestEnd {
	if (exchange.kind !== 'answered') return { kind: 'unknown' };
	if (exchange.verdict !== 'throttled') return { kind: 'served' };
	return { kind: 'turnedAway', exchange, retryAfterMs: serverDelayMs(exchange, now()) };
}
