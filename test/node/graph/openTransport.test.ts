import dns from 'node:dns';
import type { IExecuteFunctions } from 'n8n-workflow';
import { openTransport } from '#node/graph/mailbox';
import { startScriptedServer, type ScriptedServer } from '../../loopback/scriptedServer';

let server: ScriptedServer;

beforeAll(async () => {
	server = await startScriptedServer(async ({ socket, receives }) => {
		for (;;) {
			await receives('\r\n\r\n');
			socket.write('HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n');
		}
	});
});

afterAll(() => server.close());

/** An n8n whose own request helper answers 299, so that a test sees which way a request went. */
function host(changes: Partial<IExecuteFunctions['helpers']> = {}, blocked?: Error) {
	return {
		getCredentials: async () => ({ oauthTokenData: { access_token: 'token-1' } }),
		helpers: {
			httpRequestWithAuthentication: async () => ({ statusCode: 299, headers: {}, body: '' }),
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
		{ credentialType: 'customerOutlookOAuth2Api', graphOrigin: server.origin, simultaneous: 4 },
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
	['a proxy is set', {}, { HTTP_PROXY: 'http://127.0.0.1:3128' }],
	['n8n does not tell its egress rules', { getSecureEgressFilter: undefined! }, {}],
	['n8n does not renew tokens for nodes', { refreshOAuth2Token: undefined! }, {}],
])('mails travel through n8n where %s', async (_name, helpers, environment) => {
	expect(await statusVia(host(helpers), environment)).toBe(299);
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

test.each([{}, { HTTP_PROXY: 'http://127.0.0.1:3128' }])(
	'the token goes to the Graph of the credential and nowhere else, with %j',
	async (environment) => {
		expect(await statusVia(host(), environment, 'https://elsewhere.example/')).toMatchObject({
			kind: 'broken',
			stage: 'beforeRequest',
		});
	},
);

test.each([
	['Graph', true],
	['the sign-in host', false],
])('where n8n carries the request, a rule against %s names that host', async (_name, graph) => {
	const refusal = Object.assign(new Error('blocked'), { name: 'SsrfBlockedIpError' });
	const helpers = {
		httpRequestWithAuthentication: async () => {
			throw new Error('n8n wraps it', { cause: refusal });
		},
	};
	const transport = openTransport(
		host(helpers as never, graph ? refusal : undefined),
		{
			credentialType: 'customerOutlookOAuth2Api',
			graphOrigin: server.origin,
			loginOrigin: 'https://login.example:8443',
			simultaneous: 1,
		},
		{ HTTP_PROXY: 'http://127.0.0.1:3128' },
	);
	const exchange = await transport.exchange({ method: 'POST', url: server.origin, headers: {} });
	expect(exchange).toMatchObject({
		kind: 'blocked',
		host: graph ? '127.0.0.1' : 'login.example',
		rule: 'address',
	});
});
