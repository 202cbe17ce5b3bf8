import type { AccountRefusal } from '#node/facts/failure';
import { CLOUD_INSTANCES } from '#node/account/cloudInstances';
import { readAllowedRecipients, readConnection } from '#node/account/connection';

const GUID = '11111111-2222-3333-4444-555555555555';

test.each([
	['', 'common'],
	['  ', 'common'],
	['common', 'common'],
	['organizations', 'organizations'],
	['consumers', 'consumers'],
	[GUID, GUID],
	[GUID.toUpperCase(), GUID.toUpperCase()],
	['contoso.onmicrosoft.com', 'contoso.onmicrosoft.com'],
	['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
	[` ${GUID} `, GUID],
	['common\n', 'common'],
])('tenant ID %j means %s', (tenantId, tenant) => {
	expect(readConnection({ tenantId, clientId: 'c' }, 'customer').tenant).toBe(tenant);
});

test.each([
	'contoso',
	'contoso.',
	'.example',
	'con toso.example',
	'contoso.example/evil',
	'contoso.example?x=1',
	'contoso.example#',
	'../common',
	'evil@contoso.example',
	`${GUID}0`,
	'127.0.0.1',
	'-a.example',
	'x'.repeat(300) + '.example',
])('tenant ID %j is refused', (tenantId) => {
	expect(() => readConnection({ tenantId, clientId: 'c' }, 'customer')).toThrow(
		'The tenant ID is neither a GUID',
	);
});

test.each(Object.entries(CLOUD_INSTANCES))('cloud %s has its pair of hosts', (name, cloud) => {
	expect(readConnection({ cloudInstance: name, clientId: 'c' }, 'customer')).toMatchObject({
		loginOrigin: cloud.loginOrigin,
		graphOrigin: cloud.graphOrigin,
	});
});

const custom = (loginHost: string, graphHost = 'https://graph.example') =>
	readConnection({ cloudInstance: 'custom', loginHost, graphHost, clientId: 'c' }, 'customer');

test.each([
	['https://login.example', 'https://login.example'],
	['https://login.example/', 'https://login.example'],
	['https://login.example:8443', 'https://login.example:8443'],
	['http://localhost:3000', 'http://localhost:3000'],
	['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
	['http://[::1]:3000', 'http://[::1]:3000'],
])('host %s is taken', (entered, origin) => {
	expect(custom(entered).loginOrigin).toBe(origin);
});

test.each([
	'',
	'login.example',
	'http://login.example',
	'http://localhost.evil.example',
	'http://127.0.0.1.evil.example',
	'https://login.example/path',
	'https://user@login.example',
	'https://login.example?x',
	'https://',
	'ftp://login.example',
	'javascript:alert(1)',
	'https://login.example\nhttps://evil.example',
])('host %j is refused', (entered) => {
	expect(() => custom(entered)).toThrow('The login host is not an https origin');
	expect(() => custom('https://login.example', entered)).toThrow(
		'The Graph host is not an https origin',
	);
});

test.each([
	{ tenantId: 'contoso' },
	{ cloudInstance: 'mars' },
	{ cloudInstance: 'custom', loginHost: 'login.example', graphHost: 'https://graph.example' },
	{ cloudInstance: 'custom', loginHost: 'https://login.example', graphHost: 'graph.example' },
	{},
])('%j is fixed by its owner', (data) => {
	expect(remedyFor(data, 'customer')).not.toContain('operator');
});

function remedyFor(data: Record<string, unknown>, application: 'customer' | 'roboMq'): string {
	try {
		readConnection(Object.keys(data).length > 0 ? { clientId: 'c', ...data } : data, application);
	} catch (error) {
		return (error as AccountRefusal).remedy;
	}
	throw new Error('nothing was refused');
}

/** The RoboMQ application as n8n resolves it. */
const provisioned = (data: Record<string, unknown> = {}) => ({
	clientId: 'c',
	clientSecret: 's',
	scope: 'Mail.Send offline_access',
	authUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
	accessTokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
	...data,
});
const urls = (base: string) => ({
	authUrl: `${base}/oauth2/v2.0/authorize?prompt=select_account`,
	accessTokenUrl: `${base}/oauth2/v2.0/token`,
});

describe('where the RoboMQ application points', () => {
	test.each(Object.entries(CLOUD_INSTANCES).filter(([name]) => name !== 'usGovDod'))(
		'the sign-in host of %s has its own Graph',
		(_name, { loginOrigin, graphOrigin }) => {
			expect(readConnection(provisioned(urls(`${loginOrigin}/common`)), 'roboMq')).toMatchObject({
				loginOrigin,
				graphOrigin,
				tenant: 'common',
			});
		},
	);

	test.each([
		['usGov', 'https://graph.microsoft.us'],
		['usGovDod', 'https://dod-graph.microsoft.us'],
		['global', 'https://graph.microsoft.us'],
		['custom', 'https://graph.microsoft.us'],
	])('cloud instance %s chooses between the two of the US Government', (cloudInstance, graph) => {
		const data = { ...urls('https://login.microsoftonline.us/common'), cloudInstance };
		expect(readConnection(provisioned(data), 'roboMq').graphOrigin).toBe(graph);
	});

	test.each([
		{
			cloudInstance: 'custom',
			loginHost: 'https://evil.example',
			graphHost: 'https://evil.example',
		},
		{ cloudInstance: 'usGov' },
		{ cloudInstance: 'china' },
		{ graphUrl: 'https://evil.example' },
		{ tenantId: 'evil.example' },
		{ tenantId: 'not/a/tenant' },
		{ serverUrl: 'https://evil.example' },
	])('%j changes nothing', (data) => {
		expect(readConnection(provisioned(data), 'roboMq')).toMatchObject({
			cloudInstance: 'global',
			loginOrigin: 'https://login.microsoftonline.com',
			graphOrigin: 'https://graph.microsoft.com',
			tenant: 'common',
		});
	});

	test('any other origin is that of sign-in and Graph alike', () => {
		const data = provisioned(urls('http://127.0.0.1:4711/contoso.example'));
		expect(readConnection(data, 'roboMq')).toMatchObject({
			cloudInstance: 'custom',
			loginOrigin: 'http://127.0.0.1:4711',
			graphOrigin: 'http://127.0.0.1:4711',
			tenant: 'contoso.example',
		});
	});

	test.each([
		{ authUrl: 'https://evil.example/common/oauth2/v2.0/authorize' },
		{ accessTokenUrl: 'https://evil.example/common/oauth2/v2.0/token' },
		urls('http://evil.example/common'),
		urls('https://user@evil.example/common'),
		urls('https://login.microsoftonline.com.evil.example:99999999/common'),
		urls('https://login.microsoftonline.com/a/b'),
		{ accessTokenUrl: undefined },
		{ accessTokenUrl: ['https://login.microsoftonline.com/common/oauth2/v2.0/token'] },
	])('%j is refused, and the operator is named', (data) => {
		expect(remedyFor(provisioned(data), 'roboMq')).toMatch(/^RoboMQ's operator/);
	});

	test.each([
		'Mail.Send Mail.ReadWrite offline_access',
		'Mail.Send',
		'',
		undefined,
		['Mail.Send offline_access'],
		'offline_access Mail.Send',
	])('a stored scope %j is refused', (scope) => {
		expect(() => readConnection(provisioned({ scope }), 'roboMq')).toThrow('holds a scope');
	});

	test.each([
		{ clientId: '' },
		{ clientSecret: '' },
		{ clientSecret: undefined },
		{ clientCredentialType: 'certificate' },
	])('with %j it is not provisioned', (data) => {
		expect(() => readConnection(provisioned(data), 'roboMq')).toThrow('is not provisioned');
	});
});

test('a missing client ID names who can fix it', () => {
	expect(() => readConnection({}, 'customer')).toThrow('The client ID is missing');
	expect(() => readConnection({}, 'roboMq')).toThrow('The RoboMQ application is not provisioned');
});

test.each([
	[{ allowedRecipients: 'contoso.example' }, 'contoso.example'],
	[{ allowedRecipients: '' }, ''],
	[{ allowedRecipients: undefined }, null],
	[{ allowedRecipients: null }, null],
	[{ allowedRecipients: ['a.example'] }, ['a.example']],
	[{}, undefined],
])('allowed recipients of %j', (credential, read) => {
	expect(readAllowedRecipients(credential)).toEqual(read);
});
