import fc from 'fast-check';
import { KnownSecrets } from '#node/facts/knownSecrets';
import { identifier, redact } from '#node/facts/redact';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJncmFwaCJ9.c2lnbmF0dXJl';
const REFRESHING = '0.opaque-refresh-token';
const NONE = new KnownSecrets();

describe('without knowing a secret', () => {
	test.each([
		['a token', `The token ${JWT} is not well formed`, 'The token *** is not well formed'],
		['a token in a header', `Bearer ${JWT}`, 'Bearer ***'],
		[
			'what an OAuth request carried',
			'Not understood: grant_type=refresh_token&refresh_token=0.AXX-y&client_secret=cst8Q~s',
			'Not understood: grant_type=refresh_token&***&***',
		],
		[
			'the permission of an upload session',
			"PUT https://outlook.office.com/api/v2.0/AttachmentSessions('x')?authtoken=abc.def failed",
			"PUT https://outlook.office.com/api/v2.0/AttachmentSessions('x')?*** failed",
		],
		['words', 'AADSTS7000215: Invalid client secret provided.', undefined],
	])('%s is recognized', (_name, said, quoted = said) => {
		expect(redact(said, NONE)).toBe(quoted);
	});

	test('a token that is cut at the end of a quotation is recognized too', () => {
		expect(redact(`${'x '.repeat(140)}${JWT.repeat(30)}`, NONE)).not.toContain('eyJ');
	});
});

type Encoding = (text: string) => string;

const each = (change: (character: string) => string) => (text: string) =>
	Array.from(text, change).join('');
const percentOfAll: Encoding = (text) =>
	Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const units: Encoding = (text) =>
	Array.from({ length: text.length }, (_, at) => {
		return `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;
	}).join('');
const html: Record<string, string> = {
	...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
	...{ '+': '&plus;', '/': '&#x2F;', '=': '&equals;' },
};

/** How servers and libraries write a text into a larger one. */
const ENCODINGS: Record<string, Encoding> = {
	plain: (text) => text,
	percent: encodeURIComponent,
	percentLowerCase: (text) =>
		encodeURIComponent(text).replace(/%[\dA-F]{2}/g, (escape) => escape.toLowerCase()),
	percentOfAll,
	form: (text) => new URLSearchParams({ x: text }).toString().slice(2),
	json: (text) => JSON.stringify(text).slice(1, -1),
	jsonForHtml: (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
	units,
	html: each((character) => html[character] ?? character),
	htmlDecimal: each((character) => `&#${character.codePointAt(0)};`),
	htmlHex: each((character) => `&#x${character.codePointAt(0)!.toString(16).toUpperCase()};`),
};

const base64 = (text: string) => Buffer.from(text).toString('base64');
const INNERMOST: Record<string, Encoding> = {
	asItIs: (text) => text,
	base64,
	base64url: (text) => Buffer.from(text).toString('base64url'),
	basic: (text) => base64(`11111111-2222-3333-4444-555555555555:${text}`),
	basicOfForm: (text) => base64(`my app:${encodeURIComponent(text)}`),
	base64InTheMiddle: (text) => base64(`a${text}&grant_type=refresh_token`),
};

/** As Entra ID makes them (`cst8Q~…`), and anything else that a person may enter. */
const secret = fc.oneof(
	fc.stringMatching(/^[\w~.-]{34,40}$/),
	fc.string({ unit: fc.stringMatching(/^[!-~]$/), minLength: 8, maxLength: 40 }),
	fc.string({
		unit: fc.constantFrom('ä', '€', '😀', 'x', '%', '\\', '&', '"'),
		minLength: 8,
		maxLength: 20,
	}),
);
const encoding = fc.constantFrom(...Object.keys(ENCODINGS));

test('a known secret is removed in every encoding, and in encodings of encodings', () => {
	fc.assert(
		fc.property(
			secret.filter((value) => !/^-----|-----$/.test(value)),
			fc.constantFrom(...Object.keys(INNERMOST)),
			encoding,
			encoding,
			(value, innermost, inner, outer) => {
				const secrets = new KnownSecrets().add('another-secret', value);
				const encoded = ENCODINGS[outer]!(ENCODINGS[inner]!(INNERMOST[innermost]!(value)));
				fc.pre(encoded.length < 1_900);
				expect(redact(`before ${encoded} after`, secrets)).toBe('before *** after');
			},
		),
		{ numRuns: 3_000 },
	);
});

test('other words are left as they are', () => {
	const secrets = new KnownSecrets().add('cst8Q~another-secret', 'abcdefgh');
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom(...'wxyz+/=%&;# ') }), (words) => {
			const quoted = redact(words, secrets);
			expect(quoted).toBe(words.replace(/\s+/g, ' ').trim() || undefined);
		}),
	);
});

describe('of a credential', () => {
	const key = Array.from({ length: 26 }, (_, line) => String.fromCharCode(97 + line).repeat(64));
	const privateKey = `-----BEGIN PRIVATE KEY-----\n${key.join('\n')}\n-----END PRIVATE KEY-----\n`;
	const secrets = new KnownSecrets().addCredential({
		clientId: 'client-id-of-the-app',
		clientSecret: 'cst8Q~client-secret',
		privateKey,
		oauthTokenData: {
			access_token: 'opaque-access-token',
			refresh_token: REFRESHING,
			scope: 'Mail.Send offline_access',
		},
	});

	test.each([
		['client secret', 'cst8Q~client-secret'],
		['access token', 'opaque-access-token'],
		['refresh token', '0.opaque-refresh-token'],
		['a line of the private key', key[3]!],
		['the private key on one line', key.join('')],
	])('%s is removed', (_name, value) => {
		expect(redact(`It says ${value}, and more.`, secrets)).toMatch(
			/^It says (\*\*\*)+, and more\.$/,
		);
	});

	test('of a private key in PEM form, in JSON or as base64, nothing is left', () => {
		for (const said of [privateKey, JSON.stringify({ privateKey }), base64(privateKey)]) {
			const quoted = redact(said.slice(0, 1_999), secrets);
			expect(quoted).not.toMatch(/([a-z])\1{3}/);
			expect(quoted).not.toContain(base64(privateKey).slice(60, 80));
		}
	});

	test('client ID and scope are not secret', () => {
		const said = 'client-id-of-the-app asked for Mail.Send';
		expect(redact(said, secrets)).toBe(said);
	});

	test('tokens that are renewed on the way are removed, too', () => {
		secrets.addTokens({ access_token: 'renewed-access-token' });
		expect(redact('renewed-access-token', secrets)).toBe('***');
	});

	test('an ID or a code that is one of the secrets is none', () => {
		expect(identifier('opaque-access-token', secrets)).toBeUndefined();
		expect(identifier('8a5a1d1c-3c21-4f0e-9a2a-3a2b1c4d5e6f', secrets)).toBeDefined();
		expect(identifier('<script>', secrets)).toBeUndefined();
	});
});

test('a long text is not quoted up to the middle of a secret', () => {
	const value = 'secret-'.repeat(20);
	const secrets = new KnownSecrets().add(value);
	expect(redact(`${' '.repeat(1_950)}${value} and more`, secrets)).toBeUndefined();
});
