import { decodeJwt } from 'jose';
import { Browser, signIn, startSandbox, type Sandbox } from '#sandbox/index';
import { authorizeUrl, CALLBACK, connect, newCode, newPkce, postToken, SCOPE } from './client';

let sandbox: Sandbox;
const ADELE = 'adele.vance@contoso.example';

beforeAll(async () => {
	sandbox = await startSandbox({ appsRedirectUris: ['https://n8n.example/callback'] });
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const challenge = () => ({ code_challenge: newPkce().challenge, code_challenge_method: 'S256' });

async function redirectOf(own: Parameters<typeof authorizeUrl>[2], account = ADELE, more = {}) {
	const { redirectUrl } = await signIn({
		authorizeUrl: authorizeUrl(sandbox, sandbox.directory.apps.roboMq, own),
		account,
		...more,
	});
	return new URL(redirectUrl).searchParams;
}

/** AADSTS code of the page on which the sign-in stops. */
async function pageOf(url: string, account = ADELE, more = {}) {
	return await signIn({ authorizeUrl: url, account, ...more }).then(
		({ redirectUrl }) => `redirected to ${redirectUrl}`,
		(error: { aadsts?: number }) => error.aadsts,
	);
}

describe('authorize', () => {
	test('returns code and state after consent', async () => {
		const answer = await redirectOf({ ...challenge(), state: 'a b&c' });
		expect(answer.get('code')).toEqual(expect.any(String));
		expect(answer.get('state')).toBe('a b&c');
	});

	test.each([
		['an unknown tenant', 'roboMq', 'nobody.example', {}, 90002],
		['a malformed tenant', 'roboMq', 'no_tenant', {}, 900023],
		['a single-tenant app through common', 'customerSecret', 'common', {}, 50194],
		['a single-tenant app through organizations', 'tailspin', 'organizations', {}, 50194],
		['a single-tenant app in another tenant', 'customerSecret', 'fabrikam.example', {}, 700016],
		['an unknown app', 'roboMq', 'common', { client_id: 'nobody' }, 700016],
		['a disabled app', 'disabled', 'contoso.example', {}, 7000112],
		['an app without permissions', 'withoutMailSend', 'contoso.example', {}, 650056],
		['no redirect URI', 'roboMq', 'common', { redirect_uri: undefined }, 900971],
		[
			'a redirect URI that is not registered',
			'roboMq',
			'common',
			{ redirect_uri: 'http://localhost:1/x' },
			50011,
		],
		[
			'a port where it counts',
			'roboMq',
			'common',
			{ redirect_uri: 'https://n8n.example:8443/callback' },
			50011,
		],
		[
			'127.0.0.1 for localhost',
			'roboMq',
			'common',
			{ redirect_uri: CALLBACK.replace('localhost', '127.0.0.1') },
			50011,
		],
	] as const)('shows %s on a page and redirects nobody', async (_, app, tenant, own, code) => {
		expect(await pageOf(authorizeUrl(sandbox, sandbox.directory.apps[app], own, tenant))).toBe(
			code,
		);
	});

	test.each([
		['an unknown response type', { response_type: 'token' }, 'unsupported_response_type', 700051],
		['no scope', { scope: undefined }, 'invalid_request', 900144],
		['an unknown scope', { scope: 'Mail.Everything' }, 'invalid_client', 650053],
		[
			'a scope of another resource',
			{ scope: 'https://graph.microsoft.com/Mail.Send' },
			'invalid_resource',
			500011,
		],
		['an unknown prompt', { prompt: 'maybe' }, 'invalid_request', 90023],
		['a short challenge', { code_challenge: 'short' }, 'invalid_request', 501491],
		[
			'an unknown method',
			{ code_challenge: 'c'.repeat(43), code_challenge_method: 'S1' },
			'invalid_request',
			90023,
		],
		['prompt=none without a session', { prompt: 'none' }, 'login_required', 50058],
	])('redirects %s with an error', async (_, own, error, code) => {
		const answer = await redirectOf(own);
		expect(answer.get('error')).toBe(error);
		expect(answer.get('error_description')).toMatch(new RegExp(`^AADSTS${code}: .+Trace ID: `));
		expect(answer.get('state')).toBe('state-1');
	});

	test.each([
		['nobody@contoso.example', {}, 50034],
		['henrietta.mueller@contoso.example', {}, 50057],
		['grady.archie@contoso.example', {}, 50105],
		[ADELE, { password: 'wrong' }, 50126],
	])('does not sign in %s %p', async (account, more, code) => {
		const url = authorizeUrl(sandbox, sandbox.directory.apps.roboMq, challenge());
		expect(await pageOf(url, account, more)).toBe(code);
	});

	test('does not sign in an account of another tenant', async () => {
		const { apps } = sandbox.directory;
		const url = authorizeUrl(sandbox, apps.roboMq, challenge(), 'contoso.example');
		expect(await pageOf(url, 'diego.siciliani@fabrikam.example')).toBe(50020);
	});

	test('a person who declines, and one who may not consent, go back with an error', async () => {
		const megan = 'megan.bowen@contoso.example';
		const declined = await redirectOf({ prompt: 'consent' }, megan, { consent: 'cancel' });
		expect(declined.get('error')).toBe('access_denied');
		expect(declined.get('error_description')).toMatch(/^AADSTS65004/);

		const { tenants, apps, accounts } = sandbox.directory;
		const nestor = accounts.needsAdministrator.userPrincipalName;
		expect((await redirectOf({}, nestor)).get('error_description')).toMatch(/^AADSTS90094/);
		tenants.northwind.administratorConsent.set(apps.roboMq.id, new Set(['Mail.Send']));
		expect((await redirectOf({}, nestor)).get('code')).toEqual(expect.any(String));
		tenants.northwind.administratorConsent.clear();
	});

	test("with Microsoft's managed policy, only an administrator consents to Mail.ReadWrite", async () => {
		const { apps, tenants, accounts } = sandbox.directory;
		tenants.fabrikam.userConsent = 'microsoftManaged';
		const diego = accounts.diego.userPrincipalName;
		const scope = 'Mail.Send Mail.ReadWrite offline_access';
		const refused = await redirectOf({ prompt: 'consent', scope }, diego);
		expect(refused.get('error_description')).toMatch(/^AADSTS90094/);
		expect((await redirectOf({ prompt: 'consent' }, diego)).get('code')).not.toBeNull();
		tenants.fabrikam.userConsent = 'everyone';
		sandbox.consents.withdraw(accounts.diego, apps.roboMq);
	});

	test('the consent page lists exactly what is asked for, once', async () => {
		const browser = new Browser();
		const url = authorizeUrl(sandbox, sandbox.directory.apps.roboMq, { ...challenge() });
		const diego = 'diego.siciliani@fabrikam.example';
		const pages: string[] = [];
		const post = browser.post.bind(browser);
		browser.post = async (...parameters) => {
			const page = await post(...parameters);
			pages.push(page.html);
			return page;
		};
		await signIn({ authorizeUrl: url, account: diego, browser });
		expect([...(pages[0] ?? '').matchAll(/<summary>([^<]+)</g)].map(([, title]) => title)).toEqual([
			'Send mail as you',
			'Maintain access to data you have given it access to',
		]);
		const order = [
			diego,
			'Permissions requested',
			'RoboMQ Send Outlook Mail',
			'This app would like to:',
		];
		const places = order.map((text) => pages[0]?.lastIndexOf(`>${text}<`) ?? -1);
		expect(places).not.toContain(-1);
		expect(places).toEqual([...places].sort((a, b) => a - b));

		// The browser knows the account and the consent: neither page comes again.
		pages.length = 0;
		await signIn({ authorizeUrl: url, account: diego, browser });
		expect(pages).toHaveLength(0);
		await signIn({ authorizeUrl: `${url}&prompt=select_account`, account: diego, browser });
		expect(pages).toHaveLength(1);
		await signIn({ authorizeUrl: `${url}&prompt=consent`, account: diego, browser });
		expect(pages).toHaveLength(2);
	});
});

describe('token', () => {
	const { stringify } = JSON;
	const clientOf = (name: keyof Sandbox['directory']['apps'] = 'roboMq') => {
		const app = sandbox.directory.apps[name];
		return { client_id: app.id, client_secret: app.secrets[0]?.value ?? '' };
	};
	const redeem = async (own: Record<string, string> = {}) => {
		const { code, verifier } = await newCode(sandbox, sandbox.directory.apps.roboMq, ADELE);
		return await postToken(sandbox, {
			...clientOf(),
			grant_type: 'authorization_code',
			code,
			code_verifier: verifier,
			redirect_uri: CALLBACK,
			...own,
		});
	};

	test('answers exactly what was granted', async () => {
		const { status, body } = await redeem();
		expect(status).toBe(200);
		expect(body).toEqual({
			token_type: 'Bearer',
			scope: 'Mail.Send',
			expires_in: 3600,
			ext_expires_in: 3600,
			access_token: expect.any(String),
			refresh_token: expect.any(String),
		});
		expect(decodeJwt(body.access_token ?? '')).toMatchObject({
			aud: sandbox.graphOrigin,
			scp: 'Mail.Send',
			tid: sandbox.directory.tenants.contoso.id,
			appid: sandbox.directory.apps.roboMq.id,
			upn: ADELE,
		});
	});

	test('gives an identity for openid, and no refresh token without offline_access', async () => {
		const { accessToken, refreshToken } = await connect(
			sandbox,
			sandbox.directory.apps.roboMq,
			ADELE,
			{
				scope: 'openid Mail.Send',
			},
		);
		expect(accessToken).not.toBe('');
		expect(refreshToken).toBe('');
	});

	test('an error has all that Microsoft documents', async () => {
		const { status, body } = await redeem({ client_secret: 'guessed' });
		expect(status).toBe(401);
		expect(body).toEqual({
			error: 'invalid_client',
			error_description: expect.stringMatching(
				/^AADSTS7000215: .+ Trace ID: \S+ Correlation ID: \S+ Timestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
			),
			error_codes: [7000215],
			timestamp: expect.any(String),
			trace_id: expect.any(String),
			correlation_id: expect.any(String),
			error_uri: `${sandbox.loginOrigin}/error?code=7000215`,
		});
		expect(stringify(sandbox.requests)).not.toContain('guessed');
	});

	test.each<[string, Record<string, string>, number, string, number]>([
		['no secret', { client_secret: '' }, 401, 'invalid_client', 7000218],
		['an unknown client', { client_id: 'nobody' }, 400, 'unauthorized_client', 700016],
		['an unknown grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
		['an unknown code', { code: 'guessed' }, 400, 'invalid_grant', 70000],
		['another redirect URI', { redirect_uri: `${CALLBACK}/` }, 401, 'invalid_client', 500112],
		['no verifier', { code_verifier: '' }, 400, 'invalid_grant', 50148],
		['a wrong verifier', { code_verifier: 'v'.repeat(43) }, 400, 'invalid_grant', 501481],
		['a scope that was not granted', { scope: 'Mail.ReadWrite' }, 400, 'invalid_scope', 70011],
	])('refuses %s', async (_, own, status, error, code) => {
		expect(await redeem(own)).toMatchObject({ status, body: { error, error_codes: [code] } });
	});

	test.each([
		['customerSecret', 0, 200],
		['customerSecret', 1, 200],
		['customerSecret', 2, 7000222],
		['customerSecret', 3, 7000215],
		['expiredSecret', 0, 7000222],
		['publicClient', 0, 700025],
	] as const)('%s with its secret %i: %i', async (name, index, outcome) => {
		const app = sandbox.directory.apps[name];
		const tenant = 'contoso.example';
		const { code, verifier } = await newCode(sandbox, app, ADELE, { tenant });
		const form = {
			client_id: app.id,
			client_secret: app.secrets[index]?.value ?? '',
			grant_type: 'authorization_code',
			code,
			code_verifier: verifier,
			redirect_uri: CALLBACK,
		};
		const { status, body } = await postToken(sandbox, form, tenant);
		expect(body.error_codes?.[0] ?? status).toBe(outcome);
		if (status !== 200) return;
		expect((await postToken(sandbox, form, tenant)).body.error_codes).toEqual([54005]);
	});

	test('each refresh brings a new refresh token; the old one may still be used', async () => {
		const { refreshToken } = await connect(sandbox, sandbox.directory.apps.roboMq, ADELE);
		const form = { ...clientOf(), grant_type: 'refresh_token', refresh_token: refreshToken };
		const first = await postToken(sandbox, form);
		const second = await postToken(sandbox, form);
		expect(new Set([refreshToken, first.body.refresh_token, second.body.refresh_token]).size).toBe(
			3,
		);
		expect(sandbox.counters.tokenRefreshes).toBe(2);

		sandbox.settings.refreshTokensOnce = true;
		expect((await postToken(sandbox, form)).status).toBe(200);
		expect((await postToken(sandbox, form)).body.error_codes).toEqual([70000]);
		sandbox.settings.refreshTokensOnce = false;
	});

	test('a refresh token is bound to its app, its consent and its account', async () => {
		const { apps, accounts } = sandbox.directory;
		const { refreshToken } = await connect(sandbox, apps.roboMq, accounts.megan.userPrincipalName);
		const form = { ...clientOf(), grant_type: 'refresh_token', refresh_token: refreshToken };
		const codesOf = async (own = {}, tenant = 'contoso.example') =>
			(await postToken(sandbox, { ...form, ...own }, tenant)).body.error_codes;

		expect(await codesOf(clientOf('customerSecret'))).toEqual([70000]);
		expect(await codesOf({ scope: 'Mail.ReadWrite' })).toEqual([65001]);
		expect(await codesOf({}, 'fabrikam.example')).toEqual([50020]);
		accounts.megan.enabled = false;
		expect(await codesOf()).toEqual([50057]);
		accounts.megan.enabled = true;
		sandbox.consents.withdraw(accounts.megan, apps.roboMq);
		expect(await codesOf()).toEqual([65001]);
		sandbox.revokeRefreshTokens(apps.roboMq.id, 700082);
		expect(await codesOf()).toEqual([700082]);
	});

	test('takes a client that authenticates in the header', async () => {
		const { refreshToken } = await connect(sandbox, sandbox.directory.apps.roboMq, ADELE);
		const { client_id: id, client_secret: secret } = clientOf();
		const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
		const response = await fetch(`${sandbox.loginOrigin}/common/oauth2/v2.0/token`, {
			method: 'POST',
			headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
			body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
		});
		expect(response.status).toBe(200);
	});
});

test('the metadata of a tenant names its endpoints, that of nobody is refused', async () => {
	const metadata = async (tenant: string) =>
		await fetch(`${sandbox.loginOrigin}/${tenant}/v2.0/.well-known/openid-configuration`);
	const { contoso } = sandbox.directory.tenants;
	expect(await (await metadata('contoso.example')).json()).toMatchObject({
		issuer: `${sandbox.loginOrigin}/${contoso.id}/v2.0`,
		token_endpoint: `${sandbox.loginOrigin}/${contoso.id}/oauth2/v2.0/token`,
	});
	const nobody = await metadata('00000000-0000-4000-8000-000000000000');
	expect(nobody.status).toBe(400);
	expect(await nobody.json()).toMatchObject({ error_codes: [90002] });
	expect(SCOPE).toBe('Mail.Send offline_access');
});
