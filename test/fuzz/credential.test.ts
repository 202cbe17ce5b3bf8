import fc from 'fast-check';
import { CREDENTIAL_TYPES, type Application, type CredentialData } from '#node/account/application';
import { CLOUD_INSTANCES } from '#node/account/cloudInstances';
import { describeAccount, nameLinkedApp } from '#node/account/linkedAccount';
import { BASE_SCOPE } from '#node/account/application';
import { AccountRefusal } from '#node/facts/failure';
import { REPEAT, SEED } from './seed';

const SECRET = 'Gx8Q~operator+secret/of=the.app';

const text = fc.oneof(
	fc.constantFrom(
		'',
		' ',
		'global',
		'custom',
		'usGovDod',
		'__proto__',
		'constructor',
		'common',
		'contoso.example',
		'../../evil',
		'common/../../evil.example',
		'https://evil.example',
		'https://evil.example/common/oauth2/v2.0/token',
		'https://login.microsoftonline.com@evil.example',
		'https://login.microsoftonline.com.evil.example',
		'http://localhost:1',
		'certificate',
		'clientSecret',
		BASE_SCOPE,
		`${BASE_SCOPE} Mail.ReadWrite`,
		'={{ $self.clientSecret }}',
		'-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
		'2026-13-45',
	),
	fc.string(),
);
const value = fc.oneof(
	text,
	text,
	fc.jsonValue(),
	fc.constantFrom(undefined, null, Number.NaN, 1e300),
);

/** Every field that a person can store; n8n pins the URLs and fills in the operator's values. */
const stored = fc.record(
	{
		cloudInstance: value,
		loginHost: value,
		graphHost: value,
		tenantId: value,
		clientCredentialType: value,
		certificate: value,
		clientSecretExpiresOn: value,
		permissions: value,
		scope: fc.oneof(fc.constant(BASE_SCOPE), value),
		allowedRecipients: value,
		allowedDomains: value,
		allowedHttpRequestDomains: value,
		authQueryParameters: value,
		serverUrl: value,
		oauthTokenData: fc.oneof(
			value,
			fc.record(
				{ access_token: value, refresh_token: value, scope: value, n8n_expires_at: value },
				{ requiredKeys: [] },
			),
		),
	},
	{ requiredKeys: [] },
);

const LOGINS = [
	...Object.values(CLOUD_INSTANCES).map(({ loginOrigin }) => loginOrigin),
	'http://127.0.0.1:4711',
	'https://sandbox.example',
];

/** As the node reads it: an account, or a refusal and nothing else. */
function read(application: Application, credential: CredentialData) {
	const context = {
		getNode: () => ({ credentials: {} }),
		helpers: { refreshOAuth2Token: async () => ({}) },
	} as never;
	const credentialType = CREDENTIAL_TYPES[application];
	const app = nameLinkedApp(context, credentialType, application);
	try {
		return describeAccount(context, credential, { credentialType, app, now: new Date(0) });
	} catch (error) {
		expect(error).toBeInstanceOf(AccountRefusal);
		const { message, remedy } = error as AccountRefusal;
		expect(`${message} ${remedy}`).not.toContain(SECRET);
		return undefined;
	}
}

const parameters = { seed: SEED, numRuns: 3_000, interruptAfterTimeLimit: 30_000 };

test(`only the pinned URL decides where the operator's secret and its tokens go (${REPEAT})`, () => {
	fc.assert(
		fc.property(stored, fc.constantFrom(...LOGINS), (fields, login) => {
			const account = read('roboMq', {
				clientId: 'c',
				...fields,
				clientSecret: SECRET,
				privateKey: SECRET,
				authUrl: `${login}/common/oauth2/v2.0/authorize`,
				accessTokenUrl: `${login}/common/oauth2/v2.0/token`,
			});
			if (!account) return;
			expect(account.loginOrigin).toBe(login);
			expect(account.tenant).toBe('common');
			const graphs = Object.values(CLOUD_INSTANCES)
				.filter(({ loginOrigin }) => loginOrigin === login)
				.map(({ graphOrigin }) => graphOrigin);
			expect(graphs.length > 0 ? graphs : [login]).toContain(account.graphOrigin);
			expect(fields.scope).toBe(BASE_SCOPE);
			expect([...(account.rights.granted ?? [])]).toEqual([]);
		}),
		parameters,
	);
});

test(`a pinned URL of another form is refused, or used as it is (${REPEAT})`, () => {
	fc.assert(
		fc.property(value, value, (authUrl, accessTokenUrl) => {
			const account = read('roboMq', {
				...{ clientId: 'c', clientSecret: SECRET, scope: BASE_SCOPE },
				...{ authUrl, accessTokenUrl },
			});
			if (account) expect(account.loginOrigin).toBe(new URL(String(accessTokenUrl)).origin);
		}),
		parameters,
	);
});

test(`a customer's credential points to a cloud of the table, or to what its owner entered (${REPEAT})`, () => {
	const origins = Object.values(CLOUD_INSTANCES).flatMap(({ loginOrigin, graphOrigin }) => [
		`${loginOrigin} ${graphOrigin}`,
	]);
	fc.assert(
		fc.property(stored, value, (fields, clientId) => {
			const account = read('customer', { ...fields, clientId, clientSecret: SECRET });
			if (!account) return;
			const { loginOrigin, graphOrigin, cloudInstance, tenant } = account;
			for (const origin of [loginOrigin, graphOrigin]) {
				const { protocol, hostname, pathname, username } = new URL(origin);
				expect([pathname, username]).toEqual(['/', '']);
				if (protocol !== 'https:') expect(hostname).toMatch(/^(?:localhost|127\.|\[::1\])/);
			}
			const { pathname } = new URL(`${loginOrigin}/${tenant}/oauth2/v2.0/token`);
			expect(pathname).toBe(`/${tenant}/oauth2/v2.0/token`);
			if (cloudInstance === 'custom') {
				expect(String(fields.loginHost).trim().replace(/\/$/, '')).toBe(loginOrigin);
				expect(String(fields.graphHost).trim().replace(/\/$/, '')).toBe(graphOrigin);
			} else expect(origins).toContain(`${loginOrigin} ${graphOrigin}`);
		}),
		parameters,
	);
});
