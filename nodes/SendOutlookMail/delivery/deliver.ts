import type { Clock } from '../facts/clock';
import { broken, type Exchange } from '../graph/exchange';
import { hasArrived, mayHaveArrived, notTried, type Delivery, type Job, type Jobs } from './job';
import type { Lanes, Permission, RequestEnd } from './lanes';
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
	createId?: (() => string) | undefined;
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
	const { signal, clock, createId = () => globalThis.crypto.randomUUID() } = plan;
	const failed = new AbortController();
	const run: Run = {
		...plan,
		clock,
		stopWaiting: signal ? AbortSignal.any([signal, failed.signal]) : failed.signal,
		onFailure: () => {
			if (!plan.continueOnFail) failed.abort();
		},
	};
	const deliveries = Array.from({ length: jobs.length }, () => notTried(createId(), clock.now()));
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
): Promise<{ delivery: Delivery; written?: Promise<void> }> {
	let held: HeldKey | undefined;
	let delivery = untried;
	try {
		const hold = job.once && run.keys && (await holdKey(job, run.keys, run));
		if (hold && 'verdict' in hold) {
			delivery = { ...untried, ...hold };
		} else {
			held = hold;
			delivery = await deliverAndClear(job, untried, run, held);
		}
	} catch (error) {
		// Nothing throws here as far as is known; if something does, the request may have left.
		delivery = unexpected(untried, error, run);
	}
	reportFailure(delivery, run);
	if (delivery.attempts === 0) run.pace?.giveBack();
	return { delivery, ...(held ? { written: held.settle(keyEnd(delivery)) } : {}) };
}

async function holdKey({ once, onUnknownOutcome }: Job, keys: SentOnce, run: Run) {
	return await keys.hold({
		...once!,
		onUnknownOutcome: onUnknownOutcome ?? run.retry.onUnknownOutcome,
		signal: run.stopWaiting,
	});
}

function unexpected(untried: Delivery, error: unknown, { clock }: Run): Delivery {
	const cause = error instanceof Error ? error : new Error(String(error));
	const exchange = broken('afterRequest', cause, { unexpected: true });
	const endedAt = new Date(clock.now());
	return { ...untried, verdict: exchange.verdict, exchange, attempts: 1, endedAt };
}

function keyEnd(delivery: Delivery): KeyEnd {
	if (hasArrived(delivery)) return 'done';
	return mayHaveArrived(delivery) || delivery.verdict === 'startedBefore' ? 'unknown' : 'released';
}

async function deliverAndClear(
	job: Job,
	untried: Delivery,
	run: Run,
	held: HeldKey | undefined,
): Promise<Delivery> {
	const delivery = await attemptUntilDone(job, untried, run, held);
	if (job.abandon && delivery.attempts > 0 && !mayHaveArrived(delivery)) {
		await clear(job.abandon.bind(job), untried, run);
	}
	return delivery;
}

/** Goes on although a job has failed; once the execution is stopped, it is tried without waiting. */
async function clear(attempt: Job['attempt'], untried: Delivery, run: Run): Promise<void> {
	const stopped = run.signal?.aborted ?? false;
	await attemptUntilDone({ attempt }, untried, {
		...run,
		stopWaiting: run.signal ?? new AbortController().signal,
		lanes: stopped ? undefined : run.lanes,
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
	const policy = {
		...run.retry,
		onUnknownOutcome: job.onUnknownOutcome ?? run.retry.onUnknownOutcome,
	};
	let delivery = untried;
	let tried: Tried = { throttled: 0, failed: 0, waitedMs: 0 };
	let isClaimed = false;
	for (;;) {
		const askedAt = clock.now();
		const start = await startAttempt(job, policy.maxWaitMs - tried.waitedMs, run);
		if (start.kind === 'stopped') return delivery;
		tried = { ...tried, waitedMs: tried.waitedMs + clock.now() - askedAt };
		if (start.kind === 'closed') return withExchange(delivery, start.exchange, 0, run);
		const { permission } = start;
		let end: RequestEnd = { kind: 'unknown' };
		let delayMs: number | undefined;
		try {
			if (held && !isClaimed && start.kind === 'ready') {
				const claim = await held.claim();
				isClaimed = 'startedBefore' in claim;
				delivery = { ...delivery, ...claimed(claim) };
				if (!isClaimed || stopWaiting.aborted) return reportFailure(delivery, run);
			}
			const exchange =
				start.kind === 'obstacle'
					? start.exchange
					: await job.attempt(untried.clientRequestId, run.signal);
			end = endOf(exchange, clock.now());
			delivery = withExchange(delivery, exchange, 1, run);
			tried = counted(tried, exchange);
			delayMs = nextDelayMs(exchange, tried, policy, clock);
			if (delayMs === undefined) return reportFailure(delivery, run);
		} finally {
			permission?.giveBack(end);
		}
		if ((await clock.wait(delayMs, stopWaiting)) === 'stopped') return delivery;
		tried = { ...tried, waitedMs: tried.waitedMs + delayMs };
		if (delivery.verdict === 'unknown') delivery = { ...delivery, mayBeDuplicate: true };
	}
}

type Start =
	| { kind: 'ready'; permission: Permission | undefined }
	/** No attempt can be made now, so none takes a lane. */
	| { kind: 'obstacle'; exchange: Exchange; permission?: undefined }
	| { kind: 'closed'; exchange: Exchange }
	| { kind: 'stopped' };

async function startAttempt(
	job: Job,
	maxWaitMs: number,
	{ stopWaiting, lanes }: Run,
): Promise<Start> {
	const obstacle = await job.prepare?.(stopWaiting);
	if (obstacle)
		return stopWaiting.aborted ? { kind: 'stopped' } : { kind: 'obstacle', exchange: obstacle };
	const entry = await lanes?.enter({ maxWaitMs, signal: stopWaiting });
	if (entry?.kind === 'entered' || !entry) return { kind: 'ready', permission: entry?.permission };
	return entry;
}

function claimed(claim: Awaited<ReturnType<HeldKey['claim']>>): Partial<Delivery> {
	return 'startedBefore' in claim ? { mayBeDuplicate: claim.startedBefore } : claim;
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

function counted(tried: Tried, { verdict }: Exchange): Tried {
	return verdict === 'throttled'
		? { ...tried, throttled: tried.throttled + 1 }
		: { ...tried, failed: tried.failed + 1 };
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
