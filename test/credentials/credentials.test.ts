import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';
import { CustomerOutlookOAuth2Api } from '#credentials/CustomerOutlookOAuth2Api.credentials';
import { RoboMqOutlookOAuth2Api } from '#credentials/RoboMqOutlookOAuth2Api.credentials';
import { CLOUD_INSTANCES } from '#node/account/cloudInstances';
import { CredentialStore } from '#tools/engine/credentialStore';

const TENANT = '11111111-2222-3333-4444-555555555555';

function resolve(type: string, data: Record<string, unknown>): ICredentialDataDecryptedObject {
	const store = new CredentialStore();
	store.add({ id: '1', name: 'Outlook', type, data: data as never });
	return store.resolve('1');
}

const customer = (data: Record<string, unknown> = {}) =>
	resolve('customerOutlookOAuth2Api', { clientId: 'client', ...data });
const roboMq = (data: Record<string, unknown> = {}) => resolve('roboMqOutlookOAuth2Api', data);

function visibleFields({ properties }: ICredentialType): string[] {
	return properties.filter(({ type }) => type !== 'hidden').map(({ name }) => name);
}

test.each(Object.entries(CLOUD_INSTANCES))(
	'cloud %s: URLs derive from cloud and tenant',
	(cloudInstance, { loginOrigin, graphOrigin }) => {
		expect(customer({ cloudInstance, tenantId: TENANT })).toMatchObject({
			authUrl: `${loginOrigin}/${TENANT}/oauth2/v2.0/authorize`,
			accessTokenUrl: `${loginOrigin}/${TENANT}/oauth2/v2.0/token`,
			graphUrl: graphOrigin,
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
		graphUrl: 'https://graph.example',
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

test('a designer sees of the RoboMQ application at most whom to ask for it', () => {
	const { properties } = new RoboMqOutlookOAuth2Api();
	const visible = properties.filter(({ type }) => type !== 'hidden');
	expect(visible.map(({ name, displayOptions }) => [name, displayOptions])).toEqual(
		['provisioningNotice', 'provisioningRequest'].map((name) => [
			name,
			{ show: { clientId: [''] } },
		]),
	);
});

test('a designer who changes from one application to the other takes no empty client ID along', () => {
	const { properties } = new CustomerOutlookOAuth2Api();
	expect(properties.find(({ name }) => name === 'clientId')?.default).toBeUndefined();
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
