import type { LinkedApp } from '#node/account/application';
import { AADSTS_ERRORS } from '#node/explain/aadstsErrors';
import { explainExchange } from '#node/explain/exchange';
import { signInRequired } from '#node/graph/exchange';

const TRACE = '8a5a1d1c-3c21-4f0e-9a2a-3a2b1c4d5e6f';

/** What the token endpoint answers, as n8n's OAuth client throws it. */
function authError(code: number, error = 'invalid_client'): Error {
	const description = `AADSTS${code}: What Microsoft says. Trace ID: ${TRACE} Correlation ID: ${TRACE} Timestamp: 2026-11-22 10:00:00Z`;
	return Object.assign(new Error(description), { body: { error, error_description: description } });
}

function explain(cause: unknown, app: LinkedApp) {
	return explainExchange(signInRequired(cause as Error), '', app);
}

const customer = { application: 'customer', credentialName: 'Contoso HR' } as const;
const roboMq = { application: 'roboMq', credentialName: 'RoboMQ HR' } as const;

/** Every row of the table in the facts page: the number, and words that its remedy has to have. */
const rows: Array<[number, RegExp]> = [
	[7000222, /create a new client secret or certificate/i],
	[7000215, /secret's Value.*not its Secret ID/],
	[7000218, /enter the client secret/i],
	[700016, /client ID, tenant ID and cloud.*install/i],
	[700025, /Web platform/],
	[7000112, /admin enables/],
	[65001, /connect the account again and accept.*admin/i],
	[65004, /accept/],
	[90094, /admin to grant consent/],
	[90095, /admin to approve/],
	[650056, /Mail\.Send/],
	[50011, /exactly the OAuth Redirect URL/],
	[50194, /enter the tenant ID/i],
	[90002, /tenant ID and cloud/],
	[900023, /GUID or a domain/],
	[90038, /national cloud/],
	[50020, /account of this tenant/],
	[50034, /account of this tenant/],
	[90072, /account of this tenant/],
	[50057, /admin enables the account again, or you connect another/],
	[50076, /multi-factor/],
	[50078, /multi-factor/],
	[50079, /register multi-factor/i],
	[50105, /admin assigns/],
	[53003, /admin reviews/],
	[530032, /admin reviews/],
	[53000, /compliant device/],
	[70008, /connect the account again/],
	[700082, /connect the account again/],
	[70043, /exception/],
	[50173, /connect the account again/],
	[50133, /connect the account again/],
	[70000, /connect the account again/],
	[700084, /Web platform.*connect the account again/],
	[54005, /connect the account again/],
	[90033, /later/],
	[90006, /later/],
];

test.each(rows)('AADSTS%i has its remedy and its ids', (code, remedy) => {
	const failure = explain(authError(code), customer);
	expect(failure).toMatchObject({
		code: 'invalid_client',
		message: AADSTS_ERRORS[code]?.message,
		remedy: expect.stringMatching(remedy),
		details: {
			credential: 'Contoso HR',
			aadsts: `AADSTS${code}`,
			traceId: TRACE,
			time: '2026-11-22T10:00:00.000Z',
			microsoftSays: `AADSTS${code}: What Microsoft says.`,
		},
	});
});

test.each(Object.keys(AADSTS_ERRORS).map(Number))(
	'AADSTS%i speaks as n8n asks, and sends the reader of a RoboMQ credential to who can act',
	(code) => {
		const row = AADSTS_ERRORS[code]!;
		for (const text of [row.message, row.remedy, row.operatorRemedy ?? '']) {
			expect(text).not.toMatch(/\b(error|problem|failure|mistake)s?\b/i);
		}
		expect(row.message).not.toMatch(/\.$/);
		expect(row.mender === 'appOwner').toBe(row.operatorRemedy !== undefined);
		const { remedy } = explain(authError(code), roboMq);
		expect(remedy).toBe(row.operatorRemedy ?? row.remedy);
		expect(remedy).not.toMatch(/(in|into) the credential/);
	},
);

test('a number that is not in the table is said honestly, with the words of Microsoft', () => {
	expect(explain(authError(99999, 'interaction_required'), customer)).toMatchObject({
		code: 'interaction_required',
		message: 'Entra ID did not renew the connection (AADSTS99999)',
		details: { microsoftSays: 'AADSTS99999: What Microsoft says.' },
	});
});

test.each([
	['n8n keeps the reason to itself', new Error('The credential "x" needs to be reconnected.')],
	['there is nothing at all', undefined],
	['an error of another kind', new Error('?')],
])('when %s, connecting again is the advice', (_name, cause) => {
	expect(explain(cause, customer).remedy).toContain('connect the account again');
});

test('the reason is found inside the errors that n8n wraps around it', () => {
	const wrapped = new Error('outer', { cause: new Error('inner', { cause: authError(53003) }) });
	expect(explain(wrapped, customer).details?.aadsts).toBe('AADSTS53003');
});

test.each([
	[90033, 'notTaken'],
	[90006, 'notTaken'],
	[50173, 'unauthorized'],
] as const)('AADSTS%i when a token is renewed: %s', (code, verdict) => {
	expect(signInRequired(authError(code)).verdict).toBe(verdict);
});
