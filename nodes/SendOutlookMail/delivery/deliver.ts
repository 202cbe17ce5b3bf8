import type { LaneUser } from './appLanes';
import { deliverOne, type DeliverOnePlan, type Permit } from './deliverOne';
import type { Delivery } from './delivery';
import { haltWith, type Halt } from './halt';
import type { Job, Jobs } from './job';
import { runInLanes } from './lanes';
import type { Pace } from './pace';
import type { RetryPolicy } from './retryPolicy';
import { deliverWithKey } from './once/deliverWithKey';
import type { SendOnceRegister } from './once/sendOnceRegister';

export interface DeliveryPlan {
	/** How many jobs may be under way at once. */
	lanes: number;
	/** The lanes of the app, which all executions share; without them, `lanes` alone counts. */
	shared?: LaneUser | undefined;
	/** When the next job may start; at once if absent. */
	pace?: Pace | undefined;
	retry: RetryPolicy;
	/** Whether the others go on when one does not go. */
	continueOnFail: boolean;
	/** Where keys are remembered; without it, keys are not looked at. */
	register?: SendOnceRegister | undefined;
	/** Stops waits at once, and starts no further job. */
	signal?: AbortSignal | undefined;
}

/** Delivers all jobs and reports on each, in the order given. */
export async function deliver(
	jobs: ReadonlyArray<Job> | Jobs,
	plan: DeliveryPlan,
	createId: () => string = () => globalThis.crypto.randomUUID(),
): Promise<Delivery[]> {
	const deliveries = Array.from(
		{ length: jobs.length },
		(): Delivery => ({
			verdict: 'notTried',
			attempts: 0,
			clientRequestId: createId(),
			endedAt: plan.retry.now(),
			mayBeDuplicate: false,
		}),
	);
	const halt = haltWith(plan.signal);
	await runInLanes(jobs.length, plan.lanes, async (index) => {
		if ((await plan.pace?.turn(halt.signal)) === 'stopped' || halt.signal.aborted) return 'stop';
		const delivery = await deliverOnce(jobs.at(index)!, deliveries[index]!, plan, halt);
		deliveries[index] = delivery;
		if (delivery.attempts === 0) plan.pace?.giveBack();
		const went = delivery.verdict === 'accepted' || delivery.verdict === 'alreadySent';
		if (went || plan.continueOnFail) return 'goOn';
		halt.abort();
		return 'stop';
	});
	halt.release();
	return deliveries;
}

async function deliverOnce(
	job: Job,
	untried: Delivery,
	plan: DeliveryPlan,
	halt: Halt,
): Promise<Delivery> {
	const { onUnknownOutcome = plan.retry.onUnknownOutcome } = job;
	const retry = { ...plan.retry, onUnknownOutcome };
	const deliverNow = async (mayStart?: () => Promise<Permit>) =>
		await deliverOrClear(job, untried, { ...plan, retry, mayStart }, halt);
	if (!job.once || !plan.register) return await deliverNow();
	const options = { onUnknownOutcome, signal: halt.signal };
	const ended = await deliverWithKey(plan.register, job.once, options, deliverNow);
	return { ...untried, ...ended };
}

async function deliverOrClear(
	job: Job,
	untried: Delivery,
	plan: DeliveryPlan & Pick<DeliverOnePlan, 'mayStart'>,
	halt: Halt,
): Promise<Delivery> {
	const delivery = await deliverOne(job, untried, {
		...plan,
		halt: halt.signal,
		onFailure: () => {
			if (!plan.continueOnFail) halt.abort();
		},
	});
	if (job.abandon && delivery.attempts > 0 && !mayHaveArrived(delivery)) {
		await clear(job.abandon.bind(job), untried, plan);
	}
	return delivery;
}

/** Goes on although a job has failed; once the execution is stopped, it is tried without waiting. */
async function clear(
	attempt: Job['attempt'],
	untried: Delivery,
	{ retry, shared, signal }: DeliveryPlan,
): Promise<void> {
	const stopped = haltWith(signal);
	const plan = { retry, signal, halt: stopped.signal, onFailure: () => {} };
	await deliverOne({ attempt }, untried, stopped.signal.aborted ? plan : { ...plan, shared });
	stopped.release();
}

function mayHaveArrived({ verdict, mayBeDuplicate }: Delivery): boolean {
	return verdict === 'accepted' || verdict === 'unknown' || mayBeDuplicate;
}
