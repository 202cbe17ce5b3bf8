import assert from 'node:assert/strict';
import type { Execution } from '../../n8n/executions';

/** What a person is to read. */
export interface Words {
	message: string;
	remedy: string;
}

/** The cause is the title of n8n's error panel, and the remedy its first paragraph. */
export function requireShown({ error, status }: Execution, { message, remedy }: Words): void {
	assert.equal(status, 'error');
	assert.equal(error?.message, message);
	const [paragraph = ''] = (error?.description ?? '').split('<br/><br/>');
	assert.equal(asText(paragraph), remedy, message);
}

/** As a browser shows it. */
function asText(html: string): string {
	return html
		.replaceAll('<br/>', '\n')
		.replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)));
}
