import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Batch } from './letters';
import { WEBHOOK_PATH } from './workflow';

/** What n8n tells of one letter. */
export interface LetterOutcome {
	status?: string;
	error?: string;
	details?: { code?: string };
}

/** What became of a batch, as the system that ordered it learns it. */
export type BatchAnswer =
	| { kind: 'done'; outcomes: LetterOutcome[] }
	| { kind: 'lost'; message: string };

/** No batch takes longer, in milliseconds. */
const PATIENCE = 15 * 60_000;

/** What n8n answers for an execution that did not end by itself. */
const EXECUTION_LOST = 500;

/**
 * Orders a batch at n8n's webhook and waits for its outcome.
 *
 * @throws for an answer that tells of no execution
 */
export async function order(origin: string, letters: Batch): Promise<BatchAnswer> {
	return await new Promise((resolve, reject) => {
		const sent = request(`${origin}/webhook/${WEBHOOK_PATH}`, {
			method: 'POST',
			agent: false,
			signal: AbortSignal.timeout(PATIENCE),
			headers: { 'content-type': 'application/json' },
		});
		sent.once('error', reject);
		sent.once('response', (response) => {
			const status = response.statusCode ?? 0;
			json(response)
				.then((body) => resolve(answerOf(status, body)))
				.catch(reject);
		});
		sent.end(JSON.stringify({ letters }));
	});
}

function answerOf(status: number, body: unknown): BatchAnswer {
	if (status === 200 && Array.isArray(body))
		return { kind: 'done', outcomes: body as LetterOutcome[] };
	const { message } = body as { message?: unknown };
	if (status === EXECUTION_LOST) return { kind: 'lost', message: String(message) };
	throw new Error(`The webhook answers ${status}: ${JSON.stringify(body)}`);
}
