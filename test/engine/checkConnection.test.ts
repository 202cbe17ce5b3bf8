import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { connectAccount } from '#tools/engine/connectAccount';
import { linkedForTests } from './linkedForTests';

const linked = linkedForTests();

const EVERYTHING = [
	'credential',
	'network',
	'cloudAndTenant',
	'clock',
	'application',
	'expiry',
	'tokenRefresh',
	'permission',
	'mailbox',
	'links',
];

type Row = { check: string; status: string; detail: string; remedy: string };

async function check(application: 'roboMq' | 'customer' = 'customer', credentialId?: string) {
	const { items, error } = await linked.run({
		application,
		parameters: { operation: 'checkConnection' },
		items: [{ json: {} }],
		...(credentialId ? { credential: { id: credentialId, name: credentialId } } : {}),
	});
	expect(error).toBeUndefined();
	const rows = items.map(({ json }) => json as unknown as Row);
	expect(rows.map((row) => row.check)).toEqual(EVERYTHING);
	return Object.fromEntries(rows.map((row) => [row.check, row])) as Record<string, Row>;
}

/** A copy of the customer's credential with other data. */
function broken(id: string, data: ICredentialDataDecryptedObject): string {
	const { type, data: good } = linked.store.find('customer');
	linked.store.add({ id, name: id, type, data: { ...good, ...data } });
	return id;
}

const statuses = (rows: Record<string, Row>) =>
	Object.fromEntries(Object.values(rows).map((row) => [row.check, row.status]));

test.each(['roboMq', 'customer'] as const)('a sound connection of %s', async (application) => {
	const rows = await check(application);
	expect(statuses(rows)).toEqual({
		credential: 'ok',
		network: 'ok',
		cloudAndTenant: 'ok',
		clock: 'ok',
		application: 'ok',
		expiry: 'skipped',
		tokenRefresh: 'ok',
		permission: 'ok',
		mailbox: 'ok',
		links: 'ok',
	});
	expect(rows.mailbox?.detail).toContain('inferred');
	expect(linked.sandbox.outbox).toHaveLength(0);
});

test('a certificate is proven by MSAL, and its end is read from the PEM', async () => {
	const { customerCertificate } = linked.sandbox.directory.apps;
	const { privateKey, certificate } = customerCertificate.certificates[0]!;
	const rows = await check(
		'customer',
		broken('certificate', {
			clientId: customerCertificate.id,
			clientCredentialType: 'certificate',
			privateKey,
			certificate,
		}),
	);
	expect(rows.application?.status).toBe('ok');
	expect(rows.expiry?.status).toBe('ok');
});

const apps = () => linked.sandbox.directory.apps;
const DAY_MS = 24 * 60 * 60 * 1000;

test.each<[string, () => ICredentialDataDecryptedObject, string, string, RegExp]>([
	[
		'an expired secret',
		() => ({
			clientId: apps().expiredSecret.id,
			clientSecret: apps().expiredSecret.secrets[0]!.value,
		}),
		'application',
		'failed',
		/AADSTS7000222.*\|.*Create a new client secret/,
	],
	[
		'the Secret ID instead of the Value',
		() => ({ clientSecret: apps().customerSecret.secrets[0]!.secretId }),
		'application',
		'failed',
		/AADSTS7000215.*\|.*Value/,
	],
	[
		'no secret',
		() => ({ clientSecret: '' }),
		'application',
		'failed',
		/Enter the whole client secret/,
	],
	[
		'an unknown client ID',
		() => ({ clientId: 'c11e0000-0000-4000-8000-00000000ffff' }),
		'application',
		'failed',
		/AADSTS700016.*\|.*Check client ID/,
	],
	[
		'a disabled app',
		() => ({ clientId: apps().disabled.id, clientSecret: apps().disabled.secrets[0]!.value }),
		'application',
		'failed',
		/AADSTS7000112.*\|.*enables the application/,
	],
	[
		'a public client',
		() => ({
			clientId: apps().publicClient.id,
			clientSecret: apps().publicClient.secrets[0]!.value,
		}),
		'application',
		'failed',
		/AADSTS700025.*\|.*Web platform/,
	],
	[
		'a single-tenant app through common',
		() => ({ tenantId: '' }),
		'application',
		'failed',
		/AADSTS50194.*\|.*Enter the tenant ID/,
	],
	[
		'a tenant that does not exist',
		() => ({ tenantId: 'nobody.example' }),
		'cloudAndTenant',
		'failed',
		/AADSTS90002.*\|.*tenant ID/,
	],
	[
		'a login host where nobody answers',
		() => ({ loginHost: 'http://127.0.0.1:1' }),
		'cloudAndTenant',
		'failed',
		/could not be asked.*\|.*Cloud Instance/,
	],
	[
		'a renewal for which nobody answers',
		() => ({ loginHost: 'http://127.0.0.1:1' }),
		'tokenRefresh',
		'failed',
		/could not be reached to renew.*\|.*n8n administrator/,
	],
	[
		'a tenant ID that is none',
		() => ({ tenantId: 'not/a/tenant' }),
		'credential',
		'failed',
		/neither a GUID.*\|.*Overview/,
	],
	[
		'an account that was never connected',
		() => ({ oauthTokenData: undefined as never }),
		'tokenRefresh',
		'failed',
		/not connected.*\|.*connect the account, sign in/,
	],
	[
		'a permission that was not granted',
		() => ({ permissions: ['Mail.Send.Shared'] }),
		'permission',
		'warning',
		/Mail\.Send\.Shared not.*\|.*API permissions.*connect the account again\.$/,
	],
	[
		'a permission that usually takes an administrator',
		() => ({ permissions: ['Mail.ReadWrite'] }),
		'permission',
		'warning',
		/Mail\.ReadWrite not.*\|.*an Entra admin grants consent/,
	],
	[
		'the same before the account is connected',
		() => ({ permissions: ['Mail.ReadWrite'], oauthTokenData: undefined as never }),
		'permission',
		'skipped',
		/not connected yet.*\|.*an Entra admin grants consent/,
	],
	[
		'a secret that expires in 59 days',
		() => ({ clientSecretExpiresOn: new Date(Date.now() + 59 * DAY_MS - 1000).toISOString() }),
		'expiry',
		'warning',
		/expires in 59 days.*\|.*Create a new client secret/,
	],
	[
		'a secret that ended',
		() => ({ clientSecretExpiresOn: '2020-01-01' }),
		'expiry',
		'failed',
		/expired on 2020-01-01.*\|/,
	],
	[
		'a private key that is none',
		() => ({ clientCredentialType: 'certificate', privateKey: 'none', certificate: 'none' }),
		'application',
		'failed',
		/cannot be used.*\|.*PEM/,
	],
])('%s is found, with its remedy', async (name, data, checkName, status, words) => {
	const rows = await check('customer', broken(name, data()));
	const { status: found, detail, remedy } = rows[checkName]!;
	expect([found, `${detail}|${remedy}`]).toEqual([status, expect.stringMatching(words)]);
});

test('an account without a mailbox is found', async () => {
	const id = broken('lynne', {});
	const { lynne } = linked.sandbox.directory.accounts;
	await connectAccount(linked.store, id, linked.sandbox, lynne.userPrincipalName);
	const { mailbox } = await check('customer', id);
	expect(mailbox).toMatchObject({ status: 'failed' });
	expect(mailbox?.detail).toContain('no Exchange Online mailbox');
});

test("a refused renewal tells Microsoft's reason, which n8n keeps to itself", async () => {
	linked.sandbox.faults.switchOn('conditionalAccess');
	const { tokenRefresh, mailbox } = await check();
	expect(tokenRefresh?.detail).toContain('AADSTS53003');
	expect(tokenRefresh?.remedy).toContain('Conditional Access policy');
	expect(mailbox?.status).toBe('skipped');
});

test.each([
	[50105, /assigns the account.*While assignment is required/],
	[90094, /admin to grant consent.*Mail\.ReadWrite.*unverified publisher/],
	[65001, /an Entra admin grant consent/],
])('AADSTS%d at the renewal says who consents or assigns', async (code, remedy) => {
	linked.sandbox.faults.switchOn('anyAadsts', { code });
	const { tokenRefresh } = await check();
	expect(tokenRefresh).toMatchObject({
		status: 'failed',
		detail: expect.stringContaining(`AADSTS${code}`),
		remedy: expect.stringMatching(remedy),
	});
});

test('for the application of RoboMQ, its operator is named', async () => {
	linked.sandbox.faults.switchOn('expiredSecret');
	const { application } = await check('roboMq');
	expect(application?.remedy).toContain("RoboMQ's operator");
});

test.each(['roboMq', 'customer'] as const)(
	'%s: the only token that was renewed is the one that n8n stored',
	async (application) => {
		const before = linked.store.tokenUpdates;
		await check(application);
		expect(linked.store.tokenUpdates).toBe(before + 1);
		expect(linked.sandbox.counters.tokenRefreshes).toBe(1);
		const { items } = await linked.run({
			application,
			parameters: { to: 'jane@contoso.example', subject: 'Welcome', body: 'Hello' },
			items: [{ json: {} }],
		});
		expect(items[0]?.json.status).toBe('accepted');
	},
);

test.each(['roboMq', 'customer'] as const)(
	'%s: permissions that came with the token are mentioned and not used',
	async (application) => {
		const id = 'extra-' + application;
		const { type, data } = linked.store.find(linked.credentials[application].id);
		const scope = 'openid profile User.Read Mail.Send Mail.ReadWrite Mail.Send.Shared';
		linked.store.add({
			id,
			name: id,
			type,
			data: { ...data, oauthTokenData: { ...(data.oauthTokenData as object), scope } },
		});
		linked.sandbox.faults.switchOn('conditionalAccess');
		const { permission } = await check(application, id);
		expect(permission?.status).toBe('ok');
		expect(permission?.detail).toBe(
			'Granted: Mail.Send. Also granted to this application, and not asked for by this credential: openid, profile, User.Read, Mail.ReadWrite, Mail.Send.Shared.',
		);
		expect(permission?.remedy).toContain('does not use User.Read');
		await linked.sandbox.faults.switchOff();
		await linked.run({
			application,
			parameters: {
				...{ to: 'jane@contoso.example', subject: 'Welcome', body: 'Hello' },
				options: { from: 'hr@contoso.example' },
			},
			items: [{ json: {} }],
			credential: { id, name: id },
		});
		// What the token says it may do counts for the app of a customer only.
		const attempted = linked.sandbox.requests.some(({ path }) => path.endsWith('/sendMail'));
		expect(attempted).toBe(application === 'customer');
	},
);

test('a RoboMQ credential with a scope of its own is refused before anything leaves', async () => {
	const { type, data } = linked.store.find('robomq');
	linked.store.add({
		...{ id: 'scoped', name: 'scoped', type },
		data: { ...data, scope: 'Mail.Send Mail.ReadWrite offline_access' },
	});
	const { credential, mailbox } = await check('roboMq', 'scoped');
	expect(credential).toMatchObject({ status: 'failed' });
	expect(credential?.detail).toContain('a scope of its own');
	expect(mailbox?.status).toBe('skipped');
	expect(linked.sandbox.requests).toEqual([]);
});

test('a renewal stores no more of a token than is used', async () => {
	const { type, data } = linked.store.find('robomq');
	const tokenData = { ...(data.oauthTokenData as object), note: '={{ $self.clientSecret }}' };
	linked.store.add({ id: 'noted', name: 'noted', type, data: { oauthTokenData: tokenData } });
	await check('roboMq', 'noted');
	const { oauthTokenData } = linked.store.find('noted').data;
	expect(oauthTokenData).toMatchObject({ access_token: expect.any(String) });
	expect(JSON.stringify(oauthTokenData)).not.toContain(apps().roboMq.secrets[0]!.value);
});

describe('a sign-in host that refers to another host', () => {
	const seen: string[] = [];
	const servers: Server[] = [];
	const listen = async (
		answer: (origin: string, method: string) => { status: number; headers?: object; body: unknown },
	) => {
		const server = createServer((request, response) => {
			seen.push(`${servers.indexOf(server)} ${request.method} ${request.url}`);
			const { status, headers, body } = answer(originOf(server), request.method ?? '');
			response.writeHead(status, { 'content-type': 'application/json', ...headers });
			response.end(JSON.stringify(body));
		});
		servers.push(server);
		await once(server.listen(0, '127.0.0.1'), 'listening');
		return server;
	};
	const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const endpoints = (token: string, authorization: string) => ({
		token_endpoint: `${token}/common/oauth2/v2.0/token`,
		authorization_endpoint: `${authorization}/common/oauth2/v2.0/authorize`,
	});

	beforeEach(() => void seen.splice(0));
	afterEach(async () => {
		for (const server of servers.splice(0)) {
			server.closeAllConnections();
			await once(server.close(), 'close');
		}
	});

	test.each(['token', 'authorization', 'redirect'] as const)(
		'by its %s is not followed: secret and token stay',
		async (kind) => {
			const foreign = originOf(await listen((own) => ({ status: 200, body: endpoints(own, own) })));
			const login = await listen((own, method) =>
				kind === 'redirect' && method === 'GET'
					? { status: 307, headers: { location: foreign }, body: {} }
					: {
							status: 200,
							body: endpoints(
								kind === 'token' ? foreign : own,
								kind === 'authorization' ? foreign : own,
							),
						},
			);
			const id = broken(`foreign ${kind}`, { loginHost: originOf(login) });
			const { cloudAndTenant, application } = await check('customer', id);
			expect(cloudAndTenant?.status).toBe('failed');
			expect(application?.status).toBe('skipped');
			expect(seen.filter((request) => request.startsWith('0'))).toEqual([]);
			// n8n renews the token by the owner's own URL; the node itself posts nothing.
			expect(seen.filter((request) => request.includes('POST'))).toEqual([
				expect.stringMatching(/^1 POST \/[^/]+\/oauth2\/v2\.0\/token$/),
			]);
		},
	);
});
