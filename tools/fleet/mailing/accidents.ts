import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { N8n } from '../../n8n/process';
import type { Sandbox } from '#sandbox/index';
import type { Fleet } from '../fleet';
import type { Batch } from './letters';

/** After which share of the mails something happens. */
const FIRST_EXPIRY = 0.25;
const KILL = 0.45;
const SECOND_EXPIRY = 0.7;

/** No share takes longer to reach, in milliseconds. */
const PATIENCE = 5 * 60_000;

export interface Accidents {
	expiries: number;
	/** How many executions ran on the worker when it was killed. */
	orphaned: number;
	/** Mails accepted by then. */
	acceptedBefore: number;
}

interface Scene {
	fleet: Fleet;
	sandbox: Sandbox;
	appId: string;
	batches: readonly Batch[];
}

/**
 * Lets the token expire, kills a worker and replaces it, and lets the token expire again.
 *
 * @param over when nothing more is going to be sent
 */
export async function letThingsHappen(
	{ fleet, sandbox, appId, batches }: Scene,
	over: AbortSignal,
): Promise<Accidents> {
	const mails = batches.flat().length;
	const accepted = async (share: number) =>
		await untilAccepted(sandbox, Math.ceil(share * mails), over);
	await accepted(FIRST_EXPIRY);
	sandbox.expireAccessTokens(appId);
	await accepted(KILL);
	const { worker, executions } = await busiest(fleet.workers);
	const acceptedBefore = sandbox.outbox.length;
	await fleet.killWorker(worker);
	const replaced = fleet.addWorker();
	const rest = accepted(SECOND_EXPIRY).then(() => sandbox.expireAccessTokens(appId));
	await Promise.all([replaced, rest]);
	return { expiries: 2, orphaned: executions, acceptedBefore };
}

async function untilAccepted({ outbox }: Sandbox, count: number, over: AbortSignal): Promise<void> {
	const deadline = Date.now() + PATIENCE;
	while (outbox.length < count) {
		if (over.aborted || Date.now() > deadline)
			throw new Error(`Only ${outbox.length} emails were accepted where ${count} were awaited`);
		await wait(2);
	}
}

async function busiest(workers: readonly N8n[]) {
	const loads = await Promise.all(
		workers.map(async (worker) => ({ worker, executions: await countUnderWay(worker) })),
	);
	const [first] = loads.sort((a, b) => b.executions - a.executions);
	if (!first || first.executions === 0) throw new Error('No worker has anything to do');
	return first;
}

/** How many executions a worker has begun and not ended, by its own log. */
async function countUnderWay({ logPath }: N8n): Promise<number> {
	const log = await readFile(logPath, 'utf8');
	const count = (what: string) =>
		log.match(new RegExp(`Worker ${what} execution \\d+`, 'g'))?.length;
	return (count('started') ?? 0) - (count('finished') ?? 0);
}
