import { unescape } from 'node:querystring';
import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { askForTenant, askForToken, createHostHttp } from '#node/account/entra';
import { explainTokenRefusal } from '#node/explain/account';
import { KnownSecrets } from '#node/facts/knownSecrets';
import { findSignInFailure } from '#node/facts/signInFailure';
import { REPEAT, SEED } from './seed';

const LOGIN = 'https://login.example';
const CLIENT_SECRET = 'Gx8Q~operator+secret/of=the.app';
const REFRESH_TOKEN = '0.AXkA-refresh_token~of the person';
const connection = {
	cloudInstance: 'custom',
	tenant: 'common',
	clientId: '11111111-2222-3333-4444-555555555555',
	loginOrigin: LOGIN,
	graphOrigin: LOGIN,
} as const;
const credential = {
	clientSecret: CLIENT_SECRET,
	oauthTokenData: { refresh_token: REFRESH_TOKEN },
};
const secrets = new KnownSecrets().addCredential(credential);

/** Whatever is an address, looks like one, or is none. */
const address = fc.oneof(
	fc.constantFrom(
		`${LOGIN}/common/oauth2/v2.0/token`,
		`${LOGIN}/{tenantid}/oauth2/v2.0/token`,
		'https://evil.example/token',
		'https://login.example@evil.example/token',
		'https://login.example.evil.example/token',
		'https://login.example:8443/token',
		'HTTPS://LOGIN.EXAMPLE/token',
		'https:\\\\evil.example\\token',
		'https://login.example\\@evil.example/token',
		'https://login.example#@evil.example/',
		'//evil.example/token',
		'/token',
		'http://login.example/token',
		'https://ⓛogin.example/token',
		'https://login%2eexample/token',
		'https://login.example\n.evil.example/token',
		' https://evil.example/token',
		'javascript:alert(1)',
		'file:///etc/passwd',
	),
	fc.webUrl(),
	fc.string(),
	fc.jsonValue(),
);

const metadata = fc.oneof(
	{ weight: 4, arbitrary: fc.dictionary(fc.constantFrom(...metadataNames()), address) },
	{
		weight: 4,
		arbitrary: fc.record({
			token_endpoint: address,
			authorization_endpoint: fc.oneof(fc.constant(`${LOGIN}/authorize`), address),
			issuer: address,
			end_session_endpoint: address,
			jwks_uri: address,
		}),
	},
	{
		weight: 2,
		// One that is taken, with anything beside it.
		arbitrary: fc.dictionary(fc.constantFrom(...metadataNames()), address).map((others) => ({
			...others,
			token_endpoint: `${LOGIN}/common/oauth2/v2.0/token`,
			authorization_endpoint: `${LOGIN}/common/oauth2/v2.0/authorize`,
		})),
	},
	fc.jsonValue(),
);

function metadataNames(): string[] {
	return [
		...['token_endpoint', 'authorization_endpoint', 'issuer', 'end_session_endpoint', 'jwks_uri'],
		...['device_authorization_endpoint', 'tenant_discovery_endpoint', 'metadata', 'aliases'],
		...['preferred_network', 'preferred_cache', 'canonical_authority', '__proto__', 'toString'],
	];
}

/** Words that repeat a secret, as it is or encoded. */
const leak = fc
	.tuple(fc.constantFrom(CLIENT_SECRET, REFRESH_TOKEN), fc.nat(4), fc.string(), fc.string())
	.map(([secret, encoding, before, after]) => {
		const encoded = [
			secret,
			encodeURIComponent(secret),
			Buffer.from(`${before}${secret}`).toString('base64'),
			JSON.stringify(secret).slice(1, -1),
			[...secret].map((character) => `&#${character.codePointAt(0)};`).join(''),
		][encoding]!;
		return `${before} ${encoded} ${after}`;
	});

const words = fc.oneof(fc.string(), leak, fc.constant('AADSTS7000222: ended'), fc.jsonValue());

const refusal = fc.record(
	{
		error: fc.oneof(fc.constantFrom('invalid_grant', 'invalid_client', '__proto__'), words),
		error_description: fc.oneof(words, fc.string({ minLength: 3_000, maxLength: 9_000 })),
		error_codes: fc.oneof(fc.array(fc.oneof(fc.integer(), fc.double())), fc.jsonValue()),
		trace_id: words,
		correlation_id: words,
		timestamp: words,
		suberror: words,
		claims: words,
	},
	{ requiredKeys: [] },
);

const answer = fc.record({
	status: fc.constantFrom(200, 200, 302, 400, 401, 403, 429, 500, 503),
	headers: fc.dictionary(
		fc.constantFrom('date', 'retry-after', 'location', 'content-type'),
		fc.oneof(fc.constant('https://evil.example/'), fc.string()),
	),
	text: fc.oneof(
		refusal.map((body) => JSON.stringify(body)),
		fc.json(),
		fc.string(),
		fc.constant('<html>a page</html>'),
		fc.constant(JSON.stringify({ access_token: 'a', token_type: 'Bearer', expires_in: 'soon' })),
		fc.constant('{"access_token":"eyJ.a.b","refresh_token":"r","id_token":"x.y.z","expires_in":1}'),
	),
});

interface FuzzedAnswer {
	status: number;
	headers: Record<string, string>;
	text: string;
}

/** n8n's helper, which answers with what is given and writes down what it was asked. */
function openHost(metadataText: string, token: FuzzedAnswer) {
	const requests: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		requests.push(options);
		return options.url.includes('.well-known')
			? { statusCode: 200, headers: {}, body: metadataText }
			: { statusCode: token.status, headers: token.headers, body: token.text };
	};
	return {
		requests,
		http: createHostHttp({ helpers: { httpRequest } } as never, LOGIN),
	};
}

/** Shrinking a failure stops too: what it has found by then is short enough. */
const parameters = { seed: SEED, numRuns: 200, interruptAfterTimeLimit: 30_000 };

test(`neither secret nor token goes to another origin, whatever a tenant's document says (${REPEAT})`, async () => {
	await fc.assert(
		fc.asyncProperty(metadata, answer, async (document, token) => {
			const { requests, http } = openHost(JSON.stringify(document), token);
			const tenant = await askForTenant(connection, http);
			if (tenant.kind === 'found') {
				const app = { connection, credential, metadata: tenant.metadata, http };
				const asPerson = { ...app, refreshToken: REFRESH_TOKEN };
				for (const given of [await askForToken(asPerson), await askForToken(app)])
					expect(['accepted', 'refused', 'noAnswer', 'unusable']).toContain(given.kind);
			}
			for (const { url, disableFollowRedirect } of requests) {
				expect(new URL(url).origin).toBe(LOGIN);
				expect(disableFollowRedirect).toBe(true);
			}
		}),
		parameters,
	);
}, 120_000);

/** All that a person could read of an explanation. */
function checkExplanation(body: unknown, wrap: (body: unknown) => unknown): void {
	const said = findSignInFailure(wrap(body));
	if (!said) return;
	const failure = explainTokenRefusal(said, {
		application: 'roboMq',
		credentialName: 'c',
		secrets,
	});
	const text = JSON.stringify(failure);
	for (const field of [failure.code, failure.message, failure.remedy]) expect(field).toMatch(/\S/);
	expect(text.length).toBeLessThan(3_000);
	const everyReading = [text, unescape(text)];
	for (const reading of everyReading) {
		expect(reading).not.toContain(CLIENT_SECRET);
		expect(reading).not.toContain(REFRESH_TOKEN);
	}
	for (const base64 of text.match(/[\w+/-]{24,}/g) ?? [])
		expect(Buffer.from(base64, 'base64').toString()).not.toContain('operator+secret');
}

test(`an explanation repeats no secret and has an end, whatever the token endpoint says (${REPEAT})`, () => {
	const wrappings: Array<(body: unknown) => unknown> = [
		(body) => Object.assign(new Error('EAUTH'), { body }),
		(body) => new Error('outer', { cause: Object.assign(new Error('inner'), { body }) }),
		(body) =>
			Object.assign(
				new Error(String((body as { error_description?: unknown } | null)?.error_description)),
				{ httpCode: 'EAUTH' },
			),
	];
	fc.assert(
		fc.property(fc.oneof(refusal, fc.jsonValue()), fc.constantFrom(...wrappings), checkExplanation),
		{ ...parameters, numRuns: 1_000 },
	);
});
