import {
	answered as answeredWith,
	blocked,
	broken as brokenBy,
	signInRequired,
	stopped,
	whilePreparing,
	type BreakStage,
	type Exchange,
} from '#node/graph/exchange';
import type { Verdict } from '#node/graph/verdict';

function answered(status: number, headers: Record<string, string> = {}): Exchange {
	return answeredWith({ status, headers, body: '' });
}

// The table "What counts as what" of the design, row by row, and the edges around it.
const cases: Array<[string, Exchange, Verdict]> = [
	['202', answered(202), 'accepted'],
	['429', answered(429, { 'retry-after': '3' }), 'throttled'],
	['429 without Retry-After', answered(429), 'throttled'],
	['503 with Retry-After', answered(503, { 'retry-after': '3' }), 'throttled'],
	['503 without Retry-After', answered(503), 'unknown'],
	['500', answered(500), 'unknown'],
	['502', answered(502), 'unknown'],
	['504', answered(504), 'unknown'],
	['401', answered(401), 'unauthorized'],
	['400', answered(400), 'refused'],
	['403', answered(403), 'refused'],
	['404', answered(404), 'refused'],
	['408', answered(408), 'refused'],
	['413', answered(413), 'refused'],
	['507, a full mailbox', answered(507), 'refused'],
	['200 of a proxy', answered(200), 'unknown'],
	['202 with a page of a proxy', page(202, { 'content-type': 'text/html' }), 'unknown'],
	['202 with a page that does not say what it is', page(202), 'unknown'],
	['204 of a proxy', answered(204), 'unknown'],
	['a redirect', answered(302), 'unknown'],
	['no name', broken('beforeRequest'), 'notTaken'],
	['a cut connection', broken('afterRequest'), 'unknown'],
	['a refused refresh', signInRequired(new Error()), 'unauthorized'],
	['a host that n8n blocks', blocked('graph.microsoft.com', 'hostname', new Error()), 'refused'],
	['stopped in time', stopped('beforeRequest'), 'stopped'],
	['stopped too late', stopped('afterRequest'), 'unknown'],
];

function page(status: number, headers: Record<string, string> = {}): Exchange {
	return answeredWith({ status, headers, body: '<!DOCTYPE html><p>Sign in' });
}

function broken(stage: BreakStage): Exchange {
	return brokenBy(stage, new Error('cut'));
}

test.each(cases)('%s', (_name, exchange, verdict) => {
	expect(exchange.verdict).toBe(verdict);
});

test.each([
	['a draft that was created', answered(202), 'notTaken'],
	['a cut connection', broken('afterRequest'), 'notTaken'],
	['a stop during the request', stopped('afterRequest'), 'stopped'],
	['a throttled request', answered(429), 'throttled'],
	['a refusal', answered(403), 'refused'],
] as Array<[string, Exchange, Verdict]>)(
	'nothing before the sending can have sent an email: %s',
	(_name, exchange, verdict) => {
		expect(whilePreparing(exchange)).toMatchObject({ verdict, preparing: true });
	},
);
