import { setTimeout as wait } from 'node:timers/promises';
import { WEBHOOK_PATH } from './workflow';

const PATIENCE = 60_000;

/** n8n publishes a workflow some time after it was told to; until then nobody knows its webhook. */
export async function untilPublished(origin: string): Promise<void> {
	const deadline = Date.now() + PATIENCE;
	for (;;) {
		// Asked in a way that starts no execution: n8n then names the method that it knows.
		const response = await fetch(`${origin}/webhook/${WEBHOOK_PATH}`);
		const answer = await response.text();
		if (/make a POST request/.test(answer)) return;
		if (Date.now() > deadline)
			throw new Error(`n8n has not published the webhook after ${PATIENCE / 1_000} s: ${answer}`);
		await wait(200);
	}
}
