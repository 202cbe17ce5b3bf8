import dns from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { deliver } from '#node/delivery/deliver';
import { openLanes } from '#node/delivery/lanes';
import { DEFAULT_RETRY_POLICY } from '#node/delivery/retry';
import { SYSTEM_CLOCK } from '#node/facts/clock';
import { openTransport } from '#node/graph/mailbox';
import {
	startScriptedServer,
	type Script,
	type ScriptedServer,
} from '../../loopback/scriptedServer';
import { settled, TestClock } from '../delivery/testClock';

const PROXY = { HTTP_PROXY: 'http://127.0.0.1:3128' };

const SETTINGS = {
	clock: SYSTEM_CLOCK,
	credentialType: 'customerOutlookOAuth2Api',
	simultaneous: 4,
};

let server: ScriptedServer;

const accepting: Script = async ({ socket, receives }) => {
	for (;;) {
		await receives('\r\n\r\n');
		socket.write('HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n');
	}
};

beforeAll(async () => {
	server = await startScriptedServer(accepting);
});

afterAll(() => server.close());

/** An n8n whose own request helper answers 299, so that a test sees which way a request went. */
function host(changes: Partial<IExecuteFunctions['helpers']> = {}, blocked?: Error) {
	const helper = async () => ({ statusCode: 299, headers: {}, body: '' });
	return {
		getNode: () => ({ credentials: {} }),
		getCredentials: async () => ({ oauthTokenData: { access_token: 'token-1', expires_in: 3600 } }),
		helpers: {
			httpRequest: helper,
			httpRequestWithAuthentication: helper,
			refreshOAuth2Token: async () => ({ access_token: 'token-2' }),
			getSecureEgressFilter: () => ({
				validateUrl: async () => (blocked ? { ok: false, error: blocked } : { ok: true }),
				createSecureLookup: () => dns.lookup,
			}),
			...changes,
		},
	} as unknown as IExecuteFunctions;
}

async function statusVia(context: IExecuteFunctions, environment = {}, url = server.origin) {
	const transport = openTransport(
		context,
		{ ...SETTINGS, graphOrigin: server.origin },
		environment,
	);
	try {
		const exchange = await transport.exchange({ method: 'POST', url, headers: {} });
		return exchange.kind === 'answered' ? exchange.answer.status : exchange;
	} finally {
		transport.close();
	}
}

test('mails travel over connections of our own', async () => {
	expect(await statusVia(host())).toBe(202);
});

test.each<[string, Partial<IExecuteFunctions['helpers']>, Record<string, string>]>([
	['a proxy is set', {}, PROXY],
	['n8n does not tell its egress rules', { getSecureEgressFilter: undefined! }, {}],
	['n8n does not renew tokens for nodes', { refreshOAuth2Token: undefined! }, {}],
])('mails travel through n8n where %s', async (_name, helpers, environment) => {
	expect(await statusVia(host(helpers), environment)).toBe(299);
});

describe('the way is chosen for each host', () => {
	let uploadHost: ScriptedServer;
	beforeAll(async () => (uploadHost = await startScriptedServer(accepting)));
	afterAll(() => uploadHost.close());

	test.each([
		['Graph directly, uploads through the proxy', () => server, [202, 299]],
		['Graph through the proxy, uploads directly', () => uploadHost, [299, 202]],
	])('%s', async (_name, excepted, statuses) => {
		const environment = { ...PROXY, NO_PROXY: new URL(excepted().origin).host };
		const transport = openTransport(
			host(),
			{ ...SETTINGS, graphOrigin: server.origin },
			environment,
		);
		const exchanges = [
			await transport.exchange({ method: 'POST', url: server.origin, headers: {} }),
			await transport.exchange({
				...{ method: 'PUT', url: `${uploadHost.origin}/upload`, headers: {} },
				anonymous: true,
			}),
		];
		transport.close();
		expect(
			exchanges.map((exchange) => exchange.kind === 'answered' && exchange.answer.status),
		).toEqual(statuses);
	});
});

test('an address that the egress rules forbid is not connected to', async () => {
	const connections = server.connections();
	expect(await statusVia(host({}, new Error('blocked')))).toMatchObject({
		kind: 'broken',
		stage: 'beforeRequest',
		cause: { message: 'blocked' },
	});
	expect(server.connections()).toBe(connections);
});

test.each([{}, PROXY])(
	'the token goes to the Graph of the credential and nowhere else, with %j',
	async (environment) => {
		expect(await statusVia(host(), environment, 'https://elsewhere.example/')).toMatchObject({
			kind: 'broken',
			stage: 'beforeRequest',
		});
	},
);

test('an older n8n, which adds the token itself, is asked for no other address', async () => {
	const httpRequestWithAuthentication = jest.fn();
	const older = host({ refreshOAuth2Token: undefined!, httpRequestWithAuthentication });
	expect(await statusVia(older, {}, 'https://elsewhere.example/')).toMatchObject({
		kind: 'broken',
		stage: 'beforeRequest',
	});
	expect(httpRequestWithAuthentication).not.toHaveBeenCalled();
});

test.each([
	['Graph', true],
	['the sign-in host', false],
])('where n8n carries the request, a rule against %s names that host', async (_name, graph) => {
	const refusal = Object.assign(new Error('blocked'), { name: 'SsrfBlockedIpError' });
	const refuse = async () => {
		throw new Error('n8n wraps it', { cause: refusal });
	};
	const transport = openTransport(
		host(
			(graph
				? { httpRequest: refuse }
				: {
						httpRequest: async () => ({ statusCode: 401, headers: {}, body: '' }),
						refreshOAuth2Token: refuse,
					}) as never,
		),
		{ ...SETTINGS, loginOrigin: 'https://login.example:8443', graphOrigin: server.origin },
		PROXY,
	);
	const exchange = await transport.exchange({ method: 'POST', url: server.origin, headers: {} });
	expect(exchange).toMatchObject({
		kind: 'blocked',
		host: graph ? '127.0.0.1' : 'login.example',
		rule: 'address',
	});
});

const OLDER = { getSecureEgressFilter: undefined! };

test.each<[string, Partial<IExecuteFunctions['helpers']>, Record<string, string>]>([
	['over connections of our own', {}, {}],
	['through n8n and a proxy', {}, PROXY],
	['through an older n8n', OLDER, {}],
])('%s, a token that is rejected is renewed once and the request repeated', async (...row) => {
	const [, helpers, environment] = row;
	const tokens: unknown[] = [];
	const answer = (authorization: string | undefined) => {
		tokens.push(authorization);
		return authorization === 'Bearer token-2' ? 202 : 401;
	};
	const graph = createServer(({ headers }, response) =>
		response.writeHead(answer(headers.authorization)).end(),
	).listen(0, '127.0.0.1');
	await once(graph, 'listening');
	const graphOrigin = `http://127.0.0.1:${(graph.address() as AddressInfo).port}`;
	const httpRequest = async ({ headers = {} }: IHttpRequestOptions) => ({
		statusCode: answer(headers.authorization as string),
		headers: {},
		body: '',
	});
	const transport = openTransport(
		host({ httpRequest, ...helpers } as never),
		{ ...SETTINGS, graphOrigin },
		environment,
	);
	const request = { method: 'POST', url: graphOrigin, headers: {} } as const;
	expect(await transport.exchange(request)).toMatchObject({ verdict: 'accepted' });
	expect(await transport.exchange(request)).toMatchObject({ verdict: 'accepted' });
	expect(tokens).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-2']);
	transport.close();
	graph.close();
});

describe.each<[string, Partial<IExecuteFunctions['helpers']>, Record<string, string>]>([
	['over connections of our own', {}, {}],
	['through n8n and a proxy', {}, PROXY],
	['through an older n8n', OLDER, {}],
])('%s, while the token endpoint hangs,', (_name, helpers, environment) => {
	/** A job of an account whose token has ended, and one of an account whose token has not. */
	const arrange = () => {
		const clock = new TestClock();
		const key = { clientId: 'client', loginOrigin: '', graphOrigin: '' };
		const jobOf = (id: string, oauthTokenData: object) => {
			const renewing = async () => await new Promise<never>(() => {});
			const context = Object.assign(host({ refreshOAuth2Token: renewing, ...helpers }), {
				getNode: () => ({ credentials: { [SETTINGS.credentialType]: { id, name: id } } }),
				getCredentials: async () => ({ oauthTokenData }),
			});
			const transport = openTransport(
				context as never,
				{ ...SETTINGS, graphOrigin: server.origin, clock },
				environment,
			);
			const lanes = openLanes({ ...key, credentialId: id }, clock);
			const attempt = jest.fn(async (_id: string, signal?: AbortSignal) => {
				const url = server.origin;
				return await transport.exchange({ method: 'POST', url, headers: {} }, signal);
			});
			const prepare = async (signal: AbortSignal) => await transport.prepare?.(signal);
			const run = async (signal?: AbortSignal) =>
				await deliver([{ prepare, attempt }], {
					...{ simultaneous: 1, lanes, clock, signal, continueOnFail: true },
					retry: { ...DEFAULT_RETRY_POLICY, maxFailures: 1 },
				}).finally(() => transport.close());
			return { attempt, run };
		};
		const ended = { access_token: 'token-1', n8n_expires_at: clock.now() - 1 };
		return {
			clock,
			hanging: jobOf('hanging', ended),
			other: jobOf('other', { access_token: 'token-1' }),
		};
	};

	test('no request is made for 30 seconds, and another mailbox sends', async () => {
		const { clock, hanging, other } = arrange();
		const waiting = hanging.run();
		expect(await other.run()).toMatchObject([{ exchange: { kind: 'answered' } }]);
		await clock.move(30_000);
		expect(await waiting).toMatchObject([{ verdict: 'notTaken', exchange: { renewing: true } }]);
		expect(hanging.attempt).not.toHaveBeenCalled();
	});

	test('Stop ends the wait', async () => {
		const { hanging } = arrange();
		const stop = new AbortController();
		const waiting = hanging.run(stop.signal);
		await settled();
		stop.abort();
		expect(await waiting).toMatchObject([{ verdict: 'notTried' }]);
		expect(hanging.attempt).not.toHaveBeenCalled();
	});
});
