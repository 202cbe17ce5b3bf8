import { SsrfProtectionService } from '@n8n/backend-network';
import { Container } from '@n8n/di';
import type { IDataObject } from 'n8n-workflow';
import {
	hires,
	startLinkedSandbox,
	WELCOME,
	type LinkedSandbox,
} from '#tools/engine/linkedSandbox';

// As an administrator sets n8n's rules; n8n reads them when it is asked for them first. Its default
// keeps nodes from the addresses of this machine.
const SETTINGS = {
	N8N_SSRF_PROTECTION_ENABLED: 'true',
	N8N_SSRF_BLOCKED_HOSTNAMES: 'localhost',
	N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32',
};

const { HTTP_PROXY } = process.env;
let linked: LinkedSandbox;
beforeAll(async () => {
	Object.assign(process.env, SETTINGS);
	linked = await startLinkedSandbox();
});
beforeEach(() => linked.sandbox.reset());
afterEach(() => {
	if (HTTP_PROXY === undefined) delete process.env.HTTP_PROXY;
	else process.env.HTTP_PROXY = HTTP_PROXY;
});
afterAll(async () => {
	for (const name of Object.keys(SETTINGS)) delete process.env[name];
	await linked.sandbox.close();
});

/** Runs the node with the customer's account at other hosts. */
async function run(hosts: IDataObject, parameters: IDataObject = WELCOME) {
	const { type, data } = linked.store.find('customer');
	const credential = linked.store.add({
		...{ id: 'elsewhere', name: 'Elsewhere', type },
		data: { ...data, ...hosts } as typeof data,
	});
	return await linked.run({
		credential,
		parameters,
		items: hires(1),
		host: { ssrfBridge: Container.get(SsrfProtectionService) },
	});
}

/** The origin of a host of the sandbox under another name for this machine. */
const under = (name: string, origin: string) => origin.replace('127.0.0.1', name);
const graphAt = (name: string) => ({ graphHost: under(name, linked.sandbox.graphOrigin) });
const loginAt = (name: string) => ({ loginHost: under(name, linked.sandbox.loginOrigin) });

test('what the rules allow is reached', async () => {
	const { items } = await run({});
	expect(items[0]?.json.status).toBe('accepted');
});

const NAMED =
	'add localhost to N8N_SSRF_ALLOWED_HOSTNAMES, or take it out of N8N_SSRF_BLOCKED_HOSTNAMES,';
const ADDRESS = 'add 127.0.0.2/32 to N8N_SSRF_ALLOWED_IP_RANGES';

describe.each([
	['over connections of our own', {}],
	['through the helper of n8n, for a proxy', { HTTP_PROXY: 'http://127.0.0.1:9' }],
])('%s', (_name, environment) => {
	test.each([
		['a name of Graph that is blocked', () => graphAt('localhost'), 'localhost', NAMED],
		['an address of Graph that is blocked', () => graphAt('127.0.0.2'), '127.0.0.2', ADDRESS],
	])('%s is refused at once, for the administrator', async (_name, hosts, host, remedy) => {
		Object.assign(process.env, environment);
		const { error } = await run(hosts());
		expect(error).toMatchObject({
			code: 'blockedByN8n',
			message: `The security settings of this n8n do not allow a connection to ${host}`,
		});
		expect(error?.description).toContain(`Ask your n8n administrator to ${remedy}`);
		expect(error?.description).toContain('n8n says: The request was blocked');
		expect(linked.sandbox.requests).toEqual([]);
	});
});

test.each([
	['name', 'localhost', NAMED],
	['address', '127.0.0.2', ADDRESS],
])(
	'a blocked %s of the sign-in host, met when the token is renewed, is told apart from Graph',
	async (_name, host, remedy) => {
		linked.sandbox.expireAccessTokens();
		const { error } = await run(loginAt(host));
		expect(error).toMatchObject({
			code: 'blockedByN8n',
			message: `The security settings of this n8n do not allow a connection to ${host}`,
		});
		expect(error?.description).toContain(remedy);
		expect(linked.sandbox.outbox).toEqual([]);
	},
);

test('the connection check names the host that n8n blocks, where it asks for it', async () => {
	const found = async (hosts: IDataObject) => {
		const { items } = await run(hosts, { operation: 'checkConnection' });
		return Object.fromEntries(items.map(({ json }) => [json.check, json]));
	};
	const graph = await found(graphAt('localhost'));
	expect(graph.mailbox).toMatchObject({
		status: 'failed',
		remedy: expect.stringContaining(NAMED),
	});
	expect(graph.network).toMatchObject({
		status: 'failed',
		remedy: expect.stringContaining(NAMED),
	});
	const login = await found(loginAt('localhost'));
	for (const check of ['network', 'cloudAndTenant', 'tokenRefresh']) {
		expect(login[check]).toMatchObject({
			status: 'failed',
			remedy: expect.stringContaining(NAMED),
		});
	}
});
