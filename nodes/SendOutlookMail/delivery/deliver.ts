import type { Clock } from '../facts/clock';
import { asError } from '../facts/failure';
import { broken, type Exchange } from '../graph/exchange';
import { hasArrived, mayHaveArrived, notTried, type Delivery, type Job, type Jobs } from './job';
import type { Entry, Lanes, Permission, RequestEnd } from './lanes';
import type { HeldKey, KeyEnd, SentOnce } from './once/sentOnce';
import type { Pace } from './pace';
import { nextDelayMs, serverDelayMs, type RetryPolicy, type Tried } from './retry';

interface DeliveryPlan {
	/** How many jobs may be in progress at once. */
	simultaneous: number;
	/** The lanes of the mailbox, which all executions share; without them, only `simultaneous` counts. */
	lanes?: Lanes | undefined;
	/** When the next job may start; at once if absent. */
	pace?: Pace | undefined;
	retry: RetryPolicy;
	/** Whether the others go on when one fails. */
	continueOnFail: boolean;
	/** Where keys are stored; without it, keys are ignored. */
	keys?: SentOnce | undefined;
	/** Of the execution: ends waits at once, and starts no further job. */
	signal?: AbortSignal | undefined;
	clock: Clock;
}

interface Run extends DeliveryPlan {
	/**
	 * Ends waits, when the execution is stopped and when a failure stops the others. A request in flight
	 * goes on: cut off, its outcome would be unknown.
	 */
	stopWaiting: AbortSignal;
	/** A job has failed for good. To be called before its lane is given to the next one. */
	onFailure(): void;
}

/** Delivers all jobs and reports on each, in the order given. Throws nothing. */
export async function deliver(
	jobs: readonly Job[] | Jobs,
	plan: DeliveryPlan,
): Promise<Delivery[]> {
	const { signal, clock } = plan;
	const failed = new AbortController();
	const run: Run = {
		...plan,
		stopWaiting: signal ? AbortSignal.any([signal, failed.signal]) : failed.signal,
		onFailure: () => {
			if (!plan.continueOnFail) failed.abort();
		},
	};
	const deliveries = Array.from({ length: jobs.length }, () => notTried(clock.now()));
	let next = 0;
	const worker = async () => {
		let written: Promise<void> | undefined;
		while (next < jobs.length) {
			const index = next++;
			const job = await jobs.at(index);
			if (!job) continue;
			if ((await run.pace?.start(run.stopWaiting)) === 'stopped' || run.stopWaiting.aborted) break;
			const end = await deliverJob(job, deliveries[index]!, run);
			deliveries[index] = end.delivery;
			// While a key is written the next request is made; only one key for each worker is not written.
			await written;
			written = end.written;
		}
		await written;
	};
	await Promise.all(Array.from({ length: Math.min(plan.simultaneous, jobs.length) }, worker));
	return deliveries;
}

/** @returns also when the key is written, which the next job need not wait for */
async function deliverJob(
	job: Job,
	untried: Delivery,
	run: Run,
): Promise<{ delivery: Delivery; written?: Promise<void> | undefined }> {
	let held: HeldKey | undefined;
	let delivery = untried;
	try {
		const hold = job.once && (await run.keys?.hold(job.once, onUnknown(job, run), run.stopWaiting));
		if (hold && 'verdict' in hold) {
			delivery = { ...untried, ...hold };
		} else {
			held = hold;
			delivery = await attemptUntilDone(job, untried, run, held);
			if (job.abandon && delivery.attempts > 0 && !mayHaveArrived(delivery)) {
				await clear(job.abandon.bind(job), untried, run);
			}
		}
	} catch (error) {
		// Nothing throws here as far as is known; if something does, the request may have left.
		const exchange = broken('afterRequest', asError(error), { unexpected: true });
		delivery = withExchange(untried, exchange, 1, run);
	}
	reportFailure(delivery, run);
	if (delivery.attempts === 0) run.pace?.giveBack();
	return { delivery, written: held?.settle(keyEnd(delivery)) };
}

function onUnknown(job: Job, { retry }: Run): 'fail' | 'retry' {
	return job.onUnknownOutcome ?? retry.onUnknownOutcome;
}

function keyEnd(delivery: Delivery): KeyEnd {
	if (hasArrived(delivery)) return 'done';
	return mayHaveArrived(delivery) || delivery.verdict === 'startedBefore' ? 'unknown' : 'released';
}

/** Goes on although a job has failed; once the execution is stopped, it is tried without waiting. */
async function clear(attempt: Job['attempt'], untried: Delivery, run: Run): Promise<void> {
	await attemptUntilDone({ attempt }, untried, {
		...run,
		stopWaiting: run.signal ?? new AbortController().signal,
		lanes: run.signal?.aborted ? undefined : run.lanes,
		onFailure: () => {},
	});
}

/** Tries a job until it is taken, refused, or tried often enough. */
async function attemptUntilDone(
	job: Job,
	untried: Delivery,
	run: Run,
	held?: HeldKey,
): Promise<Delivery> {
	const { clock, stopWaiting } = run;
	const policy = { ...run.retry, onUnknownOutcome: onUnknown(job, run) };
	let delivery = untried;
	const tried: Tried = { throttled: 0, failed: 0, waitedMs: 0 };
	let isClaimed = false;
	for (;;) {
		const askedAt = clock.now();
		const start = await startAttempt(job, policy.maxWaitMs - tried.waitedMs, run);
		if (start.kind === 'stopped') return delivery;
		tried.waitedMs += clock.now() - askedAt;
		if (start.kind === 'closed') return withExchange(delivery, start.exchange, 0, run);
		let end: RequestEnd = { kind: 'unknown' };
		let delayMs: number | undefined;
		try {
			if (held && !isClaimed && start.kind === 'entered') {
				const claim = await held.claim();
				isClaimed = !('verdict' in claim);
				delivery = { ...delivery, ...claim };
				if (!isClaimed || stopWaiting.aborted) return reportFailure(delivery, run);
			}
			const exchange =
				start.kind === 'obstacle'
					? start.exchange
					: await job.attempt(untried.clientRequestId, run.signal);
			end = endOf(exchange, clock.now());
			delivery = withExchange(delivery, exchange, 1, run);
			tried[exchange.verdict === 'throttled' ? 'throttled' : 'failed']++;
			delayMs = nextDelayMs(exchange, tried, policy, clock);
			if (delayMs === undefined) return reportFailure(delivery, run);
		} finally {
			if (start.kind === 'entered') start.permission?.giveBack(end);
		}
		if ((await clock.wait(delayMs, stopWaiting)) === 'stopped') return delivery;
		tried.waitedMs += delayMs;
		if (delivery.verdict === 'unknown') delivery = { ...delivery, mayBeDuplicate: true };
	}
}

/** As the lanes say; without lanes, it enters at once. */
type Start =
	| Exclude<Entry, { kind: 'entered' }>
	| { kind: 'entered'; permission?: Permission | undefined }
	/** No attempt can be made now, so none takes a lane. */
	| { kind: 'obstacle'; exchange: Exchange };

async function startAttempt(
	job: Job,
	maxWaitMs: number,
	{ stopWaiting, lanes }: Run,
): Promise<Start> {
	const exchange = await job.prepare?.(stopWaiting);
	if (exchange) return stopWaiting.aborted ? { kind: 'stopped' } : { kind: 'obstacle', exchange };
	return (await lanes?.enter({ maxWaitMs, signal: stopWaiting })) ?? { kind: 'entered' };
}

function withExchange(
	delivery: Delivery,
	exchange: Exchange,
	attempts: number,
	{ clock }: Run,
): Delivery {
	return {
		...delivery,
		verdict: exchange.verdict,
		exchange,
		attempts: delivery.attempts + attempts,
		endedAt: new Date(clock.now()),
	};
}

/** What the mailbox's lanes learn from it. */
function endOf(exchange: Exchange, now: number): RequestEnd {
	if (exchange.kind !== 'answered') return { kind: 'unknown' };
	if (exchange.verdict !== 'throttled') return { kind: 'served' };
	return { kind: 'throttled', exchange, retryAfterMs: serverDelayMs(exchange, now) };
}

/** @returns the delivery */
function reportFailure(delivery: Delivery, run: Run): Delivery {
	if (!hasArrived(delivery) && delivery.verdict !== 'notTried') run.onFailure();
	return delivery;
}
