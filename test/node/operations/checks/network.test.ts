import dns from 'node:dns';
import type { IExecuteFunctions } from 'n8n-workflow';
import { CLOUD_INSTANCES, type CloudInstanceName } from '#node/account/cloudInstances';
import type { OptionalPermission } from '#node/account/application';
import { checkNetwork } from '#node/operations/checks/network';

const BLOCKED = Object.assign(new Error('The host is blocked'), {
	name: 'SsrfBlockedHostnameError',
});
const UNKNOWN_NAME = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });

/** An n8n whose rules say something about some hosts. */
function host(rules: Record<string, Error> | undefined = {}) {
	const filter = {
		validateUrl: async ({ hostname }: URL) =>
			rules[hostname] ? { ok: false, error: rules[hostname] } : { ok: true },
		createSecureLookup: () => dns.lookup,
	};
	return { helpers: { getSecureEgressFilter: () => filter } } as unknown as IExecuteFunctions;
}

function account(
	cloudInstance: CloudInstanceName | 'custom' = 'global',
	permissions: OptionalPermission[] = [],
) {
	const { loginOrigin, graphOrigin } =
		CLOUD_INSTANCES[cloudInstance === 'custom' ? 'global' : cloudInstance];
	return {
		...{ cloudInstance, loginOrigin, graphOrigin },
		app: { application: 'customer', credentialName: 'Outlook' } as const,
		rights: { granted: new Set(permissions), howToGet: () => '' },
	};
}

test('names all three hosts, each with its own way', async () => {
	const environment = { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'outlook.office.com' };
	expect(await checkNetwork(host(), account(), environment)).toEqual({
		status: 'ok',
		remedy: '',
		detail: [
			'login.microsoftonline.com (sign-in): through the proxy, allowed by n8n.',
			'graph.microsoft.com (Microsoft Graph): through the proxy, allowed by n8n.',
			'outlook.office.com (uploads of files of 3 MB and more): directly, allowed by n8n.',
			'outlook.office365.com (uploads of files of 3 MB and more): through the proxy, allowed by n8n.',
		].join(' '),
	});
});

test.each([
	['sign-in', 'login.microsoftonline.com', [], 'failed'],
	['Graph', 'graph.microsoft.com', [], 'failed'],
	['uploads, which are needed', 'outlook.office.com', ['Mail.ReadWrite'], 'failed'],
	['uploads, which are not needed', 'outlook.office.com', [], 'warning'],
] as const)(
	'a rule against the host of %s names the setting',
	async (_name, name, granted, status) => {
		const finding = await checkNetwork(
			host({ [name]: BLOCKED }),
			account('global', [...granted]),
			{},
		);
		expect(finding).toMatchObject({
			status,
			detail: expect.stringContaining(`: directly, blocked by the security settings of this n8n.`),
			remedy: expect.stringContaining(`add ${name} to N8N_SSRF_ALLOWED_HOSTNAMES`),
		});
	},
);

test('a name that this machine does not know matters only without a proxy', async () => {
	const unknown = host({ 'graph.microsoft.com': UNKNOWN_NAME });
	expect(await checkNetwork(unknown, account(), {})).toMatchObject({
		status: 'failed',
		detail: expect.stringContaining(
			'graph.microsoft.com (Microsoft Graph): directly, but its name is not known here.',
		),
		remedy: expect.stringContaining('n8n administrator'),
	});
	const environment = { HTTPS_PROXY: 'http://proxy:3128' };
	expect((await checkNetwork(unknown, account(), environment)).status).toBe('ok');
});

test.each(['usGov', 'custom'] as const)(
	'%s: the upload host is not known beforehand, and that is said',
	async (cloudInstance) => {
		const { status, detail } = await checkNetwork(host(), account(cloudInstance), {});
		expect(status).toBe('ok');
		expect(detail).toContain('is not known beforehand for this cloud');
	},
);

test('an older n8n does not show its rules', async () => {
	const older = { helpers: {} } as unknown as IExecuteFunctions;
	const { status, detail } = await checkNetwork(older, account('china'), {});
	expect(status).toBe('ok');
	expect(detail).toContain('partner.outlook.cn (uploads of files of 3 MB and more): directly.');
	expect(detail).toContain('does not show its egress rules');
});
