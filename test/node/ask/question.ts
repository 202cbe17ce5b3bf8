import { createHmac } from 'node:crypto';
import type { Question } from '#node/ask/question';
import { DEFAULT_CHOICES } from '#node/ask/readQuestion';

export function question(changes: Partial<Question> = {}): Question {
	return {
		id: 'question-1',
		subject: 'Access for Sam',
		messageHtml: 'Does <b>Sam</b> need payroll?',
		choices: [...DEFAULT_CHOICES],
		requireComment: 'declined',
		confirmation: 'button',
		people: [{ address: 'ann@contoso.example', name: 'Ann' }, { address: 'bob@contoso.example' }],
		timeZone: 'Europe/Berlin',
		...changes,
	};
}

/** As n8n signs: the signature covers the whole of the query. */
export function sign(parameters: Record<string, string>): string {
	const query = new URLSearchParams(parameters);
	query.set('signature', createHmac('sha256', 'secret').update(query.toString()).digest('hex'));
	return `https://n8n.contoso.example/webhook-waiting/7/node-1?${query.toString()}`;
}
