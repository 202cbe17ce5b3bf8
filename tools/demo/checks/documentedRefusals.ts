import assert from 'node:assert/strict';
import { AADSTS_ERRORS } from '#node/explain/aadstsErrors';
import { explainExchange } from '#node/explain/exchange';
import { GRAPH_ERRORS } from '#node/explain/graphErrors';
import { answered } from '#node/graph/exchange';
import { GRAPH_REFUSALS, UNKNOWN_STATUSES, type Sandbox } from '#sandbox/index';
import type { Words } from './shownError';

/** Something that the node explains, and how the sandbox is brought to say it, until told otherwise. */
export interface DocumentedRefusal extends Words {
	/** Those that the node tries again take it up to a minute. */
	kind: 'signIn' | 'signInTriedAgain' | 'answer' | 'throttled';
	/** To the application with this client ID, where the sandbox can tell them apart. */
	switchOn(sandbox: Sandbox, clientId: string): void;
}

/** In seconds; longer than the node waits, so that it gives up at once. */
const COME_BACK_TOMORROW = 86_400;

/** Every row of the node's tables of AADSTS numbers and of Graph's codes, and the unknown outcomes. */
export function documentedRefusals(): DocumentedRefusal[] {
	return [
		...Object.entries(AADSTS_ERRORS).map(
			([code, { whoActs, ...words }]): DocumentedRefusal => ({
				...words,
				kind: whoActs === 'nobody' ? 'signInTriedAgain' : 'signIn',
				switchOn(sandbox, clientId) {
					sandbox.expireAccessTokens(clientId);
					sandbox.faults.switchOn('anyAadsts', { code: Number(code), clientId });
				},
			}),
		),
		...Object.entries(GRAPH_ERRORS).map(([code, words]): DocumentedRefusal => {
			const status = GRAPH_REFUSALS[code];
			assert.ok(status, `the sandbox does not know with which status Graph says ${code}`);
			return answering(status, words, code);
		}),
		...UNKNOWN_STATUSES.map((status): DocumentedRefusal => {
			const exchange = answered({ status, headers: {}, body: '' });
			return answering(status, explainExchange(exchange, '', { application: 'customer' }));
		}),
	];
}

function answering(status: number, words: Words, code?: string): DocumentedRefusal {
	const throttled = status === 429;
	return {
		...words,
		kind: throttled ? 'throttled' : 'answer',
		switchOn(sandbox) {
			sandbox.faults.switchOn('custom', {
				status,
				operation: 'sendMail',
				...(throttled ? { headers: { 'Retry-After': String(COME_BACK_TOMORROW) } } : {}),
				body: code ? JSON.stringify({ error: { code, message: 'As Microsoft puts it.' } }) : '',
			});
		},
	};
}
