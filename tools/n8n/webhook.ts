import { setTimeout as wait } from 'node:timers/promises';

const PATIENCE = 10_000;

/** Calls a published webhook; n8n begins to listen a moment after it says that it is published. */
export async function callWebhook(n8nOrigin: string, path: string): Promise<void> {
	const deadline = Date.now() + PATIENCE;
	for (;;) {
		const response = await fetch(`${n8nOrigin}/webhook/${path}`);
		const answer = await response.text();
		if (response.ok) return;
		if (response.status !== 404 || Date.now() > deadline)
			throw new Error(`n8n refused the call (${response.status}): ${answer.slice(0, 300)}`);
		await wait(100);
	}
}
