import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';
import { CustomerOutlookOAuth2Api } from '#credentials/CustomerOutlookOAuth2Api.credentials';
import { RoboMqOutlookOAuth2Api } from '#credentials/RoboMqOutlookOAuth2Api.credentials';
import { CLOUD_INSTANCES } from '#node/account/cloudInstances';
import { CredentialStore } from '#tools/engine/credentialStore';

const TENANT = '11111111-2222-3333-4444-555555555555';

function resolve(
	type: string,
	data: Record<string, unknown>,
	overwrites: Record<string, string> = {},
): ICredentialDataDecryptedObject {
	const store = new CredentialStore({ [type]: overwrites });
	store.add({ id: '1', name: 'Outlook', type, data: data as never });
	return store.resolve('1');
}

const customer = (data: Record<string, unknown> = {}) =>
	resolve('customerOutlookOAuth2Api', { clientId: 'client', ...data });
const roboMq = (data: Record<string, unknown> = {}, overwrites: Record<string, string> = {}) =>
	resolve('roboMqOutlookOAuth2Api', data, overwrites);

/** What the operator of an n8n provides. */
const PROVISIONED = { clientId: 'operator-client', clientSecret: 'operator-secret' };

function visibleFields({ properties }: ICredentialType): string[] {
	return properties.filter(({ type }) => type !== 'hidden').map(({ name }) => name);
}

test.each(Object.entries(CLOUD_INSTANCES))(
	'cloud %s: URLs derive from cloud and tenant',
	(cloudInstance, { loginOrigin }) => {
		expect(customer({ cloudInstance, tenantId: TENANT })).toMatchObject({
			authUrl: `${loginOrigin}/${TENANT}/oauth2/v2.0/authorize`,
			accessTokenUrl: `${loginOrigin}/${TENANT}/oauth2/v2.0/token`,
			scope: 'Mail.Send offline_access',
			grantType: 'authorizationCode',
			usePkce: true,
			authentication: 'body',
		});
	},
);

test('an empty tenant ID means common', () => {
	expect(customer().authUrl).toBe('https://login.microsoftonline.com/common/oauth2/v2.0/authorize');
});

test('a custom cloud uses the hosts that its owner entered', () => {
	const hosts = { loginHost: 'https://login.example/', graphHost: 'https://graph.example' };
	expect(customer({ cloudInstance: 'custom', ...hosts })).toMatchObject({
		authUrl: 'https://login.example/common/oauth2/v2.0/authorize',
	});
});

test.each([
	[{ tenantId: 'not a tenant' }, 'tenant-id-must-be-a-guid-or-a-domain:'],
	[{ cloudInstance: 'mars' }, 'unknown-cloud-instance-choose-one-from-the-list:'],
	[
		{ cloudInstance: 'custom', loginHost: 'http://login.example', graphHost: 'https://g.example' },
		'login-host-must-be-an-https-origin:',
	],
])('%j gives a URL that cannot be called and says why', (data, refusal) => {
	const { authUrl, accessTokenUrl } = customer(data);
	expect([authUrl, accessTokenUrl]).toEqual([refusal, refusal]);
	expect(new URL(String(authUrl)).host).toBe('');
});

test('ticked permissions are added, and nothing else', () => {
	const permissions = ['Mail.ReadWrite', 'Mail.Send.Shared', 'Directory.ReadWrite.All'];
	expect(customer({ permissions }).scope).toBe(
		'Mail.Send offline_access Mail.ReadWrite Mail.Send.Shared',
	);
});

test('the RoboMQ application asks for two permissions, whatever is stored beside it', () => {
	const resolved = roboMq({ clientId: 'c', clientSecret: 's', permissions: ['Mail.ReadWrite'] });
	expect(resolved.scope).toBe('Mail.Send offline_access');
	expect(resolved.authUrl).toBe('https://login.microsoftonline.com/common/oauth2/v2.0/authorize');
});

test('the RoboMQ application without an operator says whom to ask', () => {
	expect(roboMq().authUrl).toBe(
		'the-robomq-application-is-not-provisioned-ask-your-n8n-administrator:',
	);
});

test('a designer sees of the RoboMQ application whom to ask for it, and whom it may send to', () => {
	const { properties } = new RoboMqOutlookOAuth2Api();
	const visible = properties.filter(({ type }) => type !== 'hidden');
	expect(visible.map(({ name, displayOptions }) => [name, displayOptions])).toEqual([
		['provisioningNotice', { show: { clientId: [''] } }],
		['provisioningRequest', { show: { clientId: [''] } }],
		['allowedRecipients', undefined],
	]);
});

test.each([
	{ authUrl: 'https://evil.example/authorize', accessTokenUrl: 'https://evil.example/token' },
	{ cloudInstance: 'custom', loginHost: 'https://evil.example', graphHost: 'https://evil.example' },
	{ useDynamicClientRegistration: true, serverUrl: 'https://evil.example' },
	{ grantType: 'clientCredentials', additionalBodyProperties: '{"a":1}' },
	{ authentication: 'header', usePkce: false },
	{ graphUrl: 'https://evil.example', ignoreSSLIssues: true, resourceUrl: 'https://evil.example' },
])('%j, stored in a RoboMQ credential, is dropped', (stored) => {
	const resolved = roboMq(stored, PROVISIONED);
	expect(resolved).toMatchObject({
		...PROVISIONED,
		authUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
		accessTokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
		grantType: 'authorizationCode',
		authentication: 'body',
		usePkce: true,
	});
	expect(JSON.stringify(resolved)).not.toMatch(/evil|"a":1|ignoreSSLIssues/);
});

describe('an expression that is stored in a RoboMQ credential', () => {
	const readers = [
		'={{ $self.clientSecret }}',
		'=={{ $self.clientSecret }}',
		"=x{{ $self['clientSecret'] }}",
		'={{ JSON.stringify($self) }}',
	];
	const fields = new CredentialStore()
		.getCredentialsProperties('roboMqOutlookOAuth2Api')
		.map(({ name }) => name)
		.filter((name) => name !== 'clientSecret');

	test.each(fields)('in %s reads no secret', (field) => {
		for (const reader of readers) {
			for (const value of [reader, [reader], ['x', reader], { a: reader }]) {
				if (field === 'oauthTokenData' && typeof value === 'object') continue;
				const { clientSecret, ...resolved } = roboMq({ [field]: value }, PROVISIONED);
				if (typeof value === 'object' && !Array.isArray(value)) continue;
				expect(JSON.stringify(resolved)).not.toContain(PROVISIONED.clientSecret);
			}
		}
	});

	test.each(['access_token', 'refresh_token', 'scope', 'expires_in', 'n8n_expires_at'])(
		'in the %s of its token reads no secret',
		(name) => {
			const { oauthTokenData } = roboMq(
				{ oauthTokenData: { access_token: 'a', [name]: readers[0] } },
				PROVISIONED,
			);
			expect(JSON.stringify(oauthTokenData)).not.toContain(PROVISIONED.clientSecret);
		},
	);

	test('is not in the way of what a person may enter', () => {
		expect(
			roboMq(
				{
					allowedRecipients: 'contoso.example, a=b@contoso.example',
					oauthTokenData: { scope: 'a' },
				},
				PROVISIONED,
			),
		).toMatchObject(PROVISIONED);
	});
});

test.each([new RoboMqOutlookOAuth2Api(), new CustomerOutlookOAuth2Api()])(
	'$name is usable by this node only',
	({ restrictToSupportedNodes, properties }) => {
		expect(restrictToSupportedNodes).toBe(true);
		expect(properties).toContainEqual(
			expect.objectContaining({ name: 'allowedHttpRequestDomains', default: 'none' }),
		);
	},
);

test('a designer who changes from one application to the other takes no empty client ID along', () => {
	const { properties } = new CustomerOutlookOAuth2Api();
	expect(properties.find(({ name }) => name === 'clientId')?.default).toBeUndefined();
});

test('the setup steps need only tags that n8n keeps in a notice, and a bullet is their one marker', () => {
	const { properties } = new CustomerOutlookOAuth2Api();
	const steps = properties.find(({ name }) => name === 'serverUrl')?.displayName ?? '';
	const tags = [...steps.matchAll(/<(\w+)/g)].map(([, tag]) => tag);
	expect([...new Set(tags)].sort()).toEqual(['a', 'li', 'ul']);
	expect(steps).not.toMatch(/<li>\s*\d/);
});

test('the owner of an app sees what only they can know', () => {
	expect(visibleFields(new CustomerOutlookOAuth2Api())).toEqual([
		'serverUrl',
		'clientId',
		'clientCredentialType',
		'clientSecret',
		'privateKey',
		'certificate',
		'cloudInstance',
		'loginHost',
		'graphHost',
		'tenantId',
		'clientSecretExpiresOn',
		'permissions',
		'allowedRecipients',
	]);
});

test.each([new RoboMqOutlookOAuth2Api(), new CustomerOutlookOAuth2Api()])(
	'no expression of $name holds }} before its end',
	({ properties }) => {
		for (const { name, default: value } of properties) {
			if (typeof value !== 'string' || !value.startsWith('={{')) continue;
			expect([name, value.indexOf('}}')]).toEqual([name, value.length - 2]);
		}
	},
);
