import type { AccountRefusal } from '#node/facts/accountRefusal';
import { CLOUD_INSTANCES } from '#node/account/cloudInstances';
import { readConnection } from '#node/account/connection';

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
])('%j is mended by whoever can see it', (data) => {
	const remedyFor = (application: 'customer' | 'roboMq') => {
		try {
			readConnection({ ...data, clientId: 'c' }, application);
		} catch (error) {
			return (error as AccountRefusal).remedy;
		}
		throw new Error('nothing was refused');
	};
	expect(remedyFor('roboMq')).toMatch(/^RoboMQ's operator .*n8n's credential overwrites/);
	expect(remedyFor('customer')).not.toContain('operator');
});

test('a missing client ID names who can mend it', () => {
	expect(() => readConnection({}, 'customer')).toThrow('The client ID is missing');
	expect(() => readConnection({}, 'roboMq')).toThrow('The RoboMQ application is not provisioned');
});
