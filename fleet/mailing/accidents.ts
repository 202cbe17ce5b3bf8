import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { N8n } from '../../demo/n8n/process';
import type { Sandbox } from '../../sandbox';
import type { Fleet } from '../fleet';

/** After which share of the mails something happens. */
const FIRST_EXPIRY = 0.25;
const KILL = 0.45;
const SECOND_EXPIRY = 0.7;

/** No share takes longer to reach, in milliseconds. */
const PATIENCE = 60_000;

export interface Accidents {
	expiries: number;
	/** Executions that ran on the worker when it was killed. */
	orphaned: string[];
	/** Mails accepted by then. */
	acceptedBefore: number;
}

/** Lets the token expire, kills a worker and replaces it, and lets the token expire again. */
export async function letThingsHappen(
	{ fleet, sandbox, appId }: { fleet: Fleet; sandbox: Sandbox; appId: string },
	mails: number,
): Promise<Accidents> {
	const accepted = async (share: number) => await untilAccepted(sandbox, Math.ceil(share * mails));
	await accepted(FIRST_EXPIRY);
	sandbox.expireAccessTokens(appId);
	await accepted(KILL);
	const { worker, executions } = await busiest(fleet.workers);
	const acceptedBefore = sandbox.outbox.length;
	await fleet.killWorker(worker);
	const replaced = fleet.addWorker();
	// Whoever waits below must not miss that the replacement failed.
	replaced.catch(() => undefined);
	await accepted(SECOND_EXPIRY);
	sandbox.expireAccessTokens(appId);
	await replaced;
	return { expiries: 2, orphaned: executions, acceptedBefore };
}

async function untilAccepted({ outbox }: Sandbox, count: number): Promise<void> {
	const deadline = Date.now() + PATIENCE;
	while (outbox.length < count) {
		if (Date.now() > deadline)
			throw new Error(`Only ${outbox.length} mails were accepted where ${count} were awaited`);
		await wait(2);
	}
}

async function busiest(workers: readonly N8n[]) {
	const loads = await Promise.all(
		workers.map(async (worker) => ({ worker, executions: await underWay(worker) })),
	);
	const [first] = loads.sort((a, b) => b.executions.length - a.executions.length);
	if (!first || first.executions.length === 0) throw new Error('No worker has anything to do');
	return first;
}

/** The executions that a worker has begun and not ended, by its own log. */
async function underWay({ logPath }: N8n): Promise<string[]> {
	const open = new Set<string>();
	const lines = (await readFile(logPath, 'utf8')).matchAll(
		/Worker (started|finished) execution (\d+)/g,
	);
	for (const [, what, id = ''] of lines) {
		if (what === 'started') open.add(id);
		else open.delete(id);
	}
	return [...open];
}
