import { request } from 'node:https';
import {
	ConfidentialClientApplication,
	CryptoProvider,
	type AuthenticationResult,
	type INetworkModule,
	type NetworkRequestOptions,
} from '@azure/msal-node';
import { startSandbox, type Sandbox } from '#sandbox/index';
import type { Application } from '#sandbox/directory/index';
import { CALLBACK } from './client';

let sandbox: Sandbox;
const graphScope = () => [`${sandbox.graphOrigin}/Mail.Send`];

beforeAll(async () => {
	sandbox = await startSandbox({ tls: true });
});
afterAll(async () => await sandbox.close());

/** MSAL's own messages, over TLS that trusts the sandbox's authority and nothing else. */
function network(): INetworkModule {
	const send = async (method: string, url: string, { headers, body }: NetworkRequestOptions = {}) =>
		await new Promise<{ headers: Record<string, string>; body: never; status: number }>(
			(resolve, reject) => {
				const ca = sandbox.caCertificatePem ?? '';
				const sent = request(url, { method, ca, agent: false, headers: headers ?? {} });
				sent.once('error', reject);
				sent.once('response', (response) => {
					let text = '';
					response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
					response.once('end', () => {
						resolve({
							headers: {},
							body: JSON.parse(text) as never,
							status: response.statusCode ?? 0,
						});
					});
				});
				sent.end(body);
			},
		);
	return {
		sendGetRequestAsync: async (url, options) => await send('GET', url, options),
		sendPostRequestAsync: async (url, options) => await send('POST', url, options),
	};
}

type Credential =
	| { clientSecret: string }
	| { clientCertificate: { thumbprintSha256: string; privateKey: string } };

function secretOf(app: Application): Credential {
	return { clientSecret: app.secrets[0]?.value ?? '' };
}

function certificateOf(app: Application, index = 0): Credential {
	const certificate = app.certificates[index];
	return {
		clientCertificate: {
			thumbprintSha256: Buffer.from(certificate?.x5tS256 ?? '', 'base64url').toString('hex'),
			privateKey: certificate?.privateKey ?? '',
		},
	};
}

function client(app: Application, credential: Credential, tenant = 'common') {
	return new ConfidentialClientApplication({
		auth: {
			clientId: app.id,
			authority: `${sandbox.loginOrigin}/${tenant}`,
			knownAuthorities: [new URL(sandbox.loginOrigin).host],
			...credential,
		},
		system: { networkClient: network() },
	});
}

async function signIn(msal: ConfidentialClientApplication, account: string) {
	const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
	const authorizeUrl = await msal.getAuthCodeUrl({
		scopes: graphScope(),
		redirectUri: CALLBACK,
		codeChallenge: challenge,
		codeChallengeMethod: 'S256',
	});
	const { redirectUrl } = await sandbox.signIn({ authorizeUrl, account });
	const code = new URL(redirectUrl).searchParams.get('code') ?? '';
	return { code, codeVerifier: verifier, scopes: graphScope(), redirectUri: CALLBACK };
}

const errorNumber = async (attempt: Promise<unknown>): Promise<string> =>
	await attempt.then(
		() => 'no error',
		(error: { errorNo?: unknown; message: string }) => String(error.errorNo ?? error.message),
	);

async function refresh(msal: ConfidentialClientApplication, result: AuthenticationResult) {
	if (result.account === null) throw new Error('MSAL knows no account');
	return await msal.acquireTokenSilent({
		account: result.account,
		scopes: graphScope(),
		forceRefresh: true,
	});
}

describe.each([
	['a secret of a multi-tenant app', 'roboMq', secretOf, 'common'],
	['a secret of a single-tenant app', 'customerSecret', secretOf, 'contoso.example'],
	['a certificate', 'customerCertificate', certificateOf, 'contoso.example'],
] as const)('MSAL with %s', (_, name, credentialOf, tenant) => {
	test('signs in with code and PKCE, redeems and refreshes', async () => {
		const { apps, accounts } = sandbox.directory;
		const msal = client(apps[name], credentialOf(apps[name]), tenant);
		const request = await signIn(msal, accounts.adele.userPrincipalName);

		const first = await msal.acquireTokenByCode(request);
		const second = await refresh(msal, first);

		expect(first.account?.username).toBe('adele.vance@contoso.example');
		expect(first.scopes).toContain('Mail.Send');
		expect(second.accessToken).not.toBe(first.accessToken);
		expect(second.fromCache).toBe(false);
	});
});

test('a refresh token that was revoked is refused', async () => {
	const { apps, accounts } = sandbox.directory;
	const msal = client(apps.roboMq, secretOf(apps.roboMq));
	const request = await signIn(msal, accounts.megan.userPrincipalName);
	const result = await msal.acquireTokenByCode(request);

	sandbox.revokeRefreshTokens(apps.roboMq.id);

	expect(await errorNumber(refresh(msal, result))).toBe('50173');
});

test.each([
	['a wrong secret', 'customerSecret', { clientSecret: 'guessed' }, '7000215'],
	['an expired secret', 'expiredSecret', undefined, '7000222'],
] as const)('%s is refused', async (_, name, credential, code) => {
	const app = sandbox.directory.apps[name];
	const msal = client(app, credential ?? secretOf(app), 'contoso.example');
	const request = await signIn(msal, sandbox.directory.accounts.adele.userPrincipalName);
	expect(await errorNumber(msal.acquireTokenByCode(request))).toBe(code);
});

test('an expired certificate, and a key that is not the certificate’s, are refused', async () => {
	const app = sandbox.directory.apps.customerCertificate;
	const [valid, expired] = app.certificates;
	const swapped = {
		clientCertificate: {
			thumbprintSha256: Buffer.from(valid?.x5tS256 ?? '', 'base64url').toString('hex'),
			privateKey: expired?.privateKey ?? '',
		},
	};
	for (const credential of [certificateOf(app, 1), swapped]) {
		const msal = client(app, credential, 'contoso.example');
		const request = await signIn(msal, sandbox.directory.accounts.adele.userPrincipalName);
		expect(await errorNumber(msal.acquireTokenByCode(request))).toBe('700027');
	}
});

test('a wrong verifier and a code that was used are refused', async () => {
	const { apps, accounts } = sandbox.directory;
	const msal = client(apps.roboMq, secretOf(apps.roboMq));
	const request = await signIn(msal, accounts.adele.userPrincipalName);
	const wrong = { ...request, codeVerifier: 'w'.repeat(43) };

	expect(await errorNumber(msal.acquireTokenByCode(wrong))).toBe('501481');
	await msal.acquireTokenByCode(request);
	expect(await errorNumber(msal.acquireTokenByCode(request))).toBe('54005');
});

test('a code is not redeemed at another tenant', async () => {
	const { apps, accounts } = sandbox.directory;
	const request = await signIn(
		client(apps.roboMq, secretOf(apps.roboMq)),
		accounts.adele.userPrincipalName,
	);
	const elsewhere = client(apps.roboMq, secretOf(apps.roboMq), 'fabrikam.example');
	expect(await errorNumber(elsewhere.acquireTokenByCode(request))).toBe('700005');
});

test('a tenant that does not exist has no metadata', async () => {
	const { apps } = sandbox.directory;
	const msal = client(apps.roboMq, secretOf(apps.roboMq), 'nobody.example');
	await expect(
		msal.getAuthCodeUrl({ scopes: graphScope(), redirectUri: CALLBACK }),
	).rejects.toThrow();
});

test('client credentials check a secret; the token they bring may do nothing', async () => {
	const app = sandbox.directory.apps.customerSecret;
	const scopes = [`${sandbox.graphOrigin}/.default`];
	const ask = async (credential: Credential, tenant = 'contoso.example') =>
		await client(app, credential, tenant).acquireTokenByClientCredential({ scopes });

	expect(await errorNumber(ask({ clientSecret: 'guessed' }))).toBe('7000215');
	const result = await ask(secretOf(app));
	expect(result?.accessToken).toEqual(expect.any(String));
});
