import { answered, broken, signInRequired } from '#node/graph/exchange';

const HEADERS = {
	'request-id': 'r1',
	date: 'Sun, 22 Nov 2026 10:00:00 GMT',
	'content-type': 'application/json',
	'x-ms-ags-diagnostic': '{"ServerInfo":{}}',
};

/** An error of Graph with a message of so many characters. */
function refusal(characters: number): string {
	const message = 'word '.repeat(characters / 5);
	const innerError = { date: '2026-11-22T10:00:00', 'request-id': 'inner-1' };
	return JSON.stringify({ error: { code: 'ErrorAccessDenied', message, innerError } });
}

test('of an acceptance only its ID is kept', () => {
	expect(answered({ status: 202, headers: HEADERS, body: ' ' })).toEqual({
		kind: 'answered',
		verdict: 'accepted',
		answer: { status: 202, headers: { 'request-id': 'r1' }, isPage: false },
	});
});

test('of a refusal, what Graph said is kept, and not the body', () => {
	expect(answered({ status: 403, headers: HEADERS, body: refusal(10) })).toEqual({
		kind: 'answered',
		verdict: 'refused',
		answer: {
			status: 403,
			headers: { 'request-id': 'r1', date: HEADERS.date },
			isPage: false,
		},
		graphError: {
			code: 'ErrorAccessDenied',
			message: 'word word ',
			requestId: 'inner-1',
			date: '2026-11-22T10:00:00',
		},
	});
});

test.each([
	['a long message', refusal(50_000)],
	['a long page', `<!doctype html>${'x'.repeat(60_000)}`],
])('5,000 refusals with %s hold less than 20 MB', (_name, body) => {
	const kept = answered({ status: 403, headers: HEADERS, body });
	expect(5000 * JSON.stringify(kept).length).toBeLessThan(20_000_000);
});

test('an error of an HTTP client is kept without the request that it holds', () => {
	const cause = Object.assign(new Error('no way'), {
		code: 'ECONNRESET',
		config: { data: 'file' },
	});
	const { cause: kept } = broken('afterRequest', cause);
	expect(kept).toMatchObject({ message: 'no way', code: 'ECONNRESET' });
	expect(kept).not.toHaveProperty('config');
});

test('the JSON of a success is kept where it was asked for', () => {
	const raw = { status: 201, headers: {}, body: '{"id":"draft-1"}' };
	expect(answered(raw)).not.toHaveProperty('json');
	expect(answered(raw, { keepJson: true })).toHaveProperty('json', { id: 'draft-1' });
});

test('a renewal that n8n says was refused is a refusal of Entra ID', () => {
	const refused = signInRequired(new Error('The credential "x" needs to be reconnected.'));
	expect(refused).toMatchObject({ verdict: 'unauthorized', signIn: { error: 'invalid_grant' } });
});
