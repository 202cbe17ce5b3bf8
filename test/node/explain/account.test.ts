import type { LinkedApp } from '#node/account/application';
import { AADSTS_ERRORS } from '#node/explain/aadstsErrors';
import { explainExchange } from '#node/explain/exchange';
import { AADSTS } from '#sandbox/entra/aadsts';
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

/** Microsoft's own trouble: the node tries again. */
const TEMPORARY = [90033, 90006, 90012, 90024, 90055, 90090, 50033, 50087, 70012, 40010];

type Row = [code: number, remedy: RegExp];

/** Every row of the table in the facts page: the number, and words that its remedy has to have. */
const rows: Row[] = [
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
	...[9002327, 9002326, 9002325].map((code): Row => [code, /Web platform.*connect the account/]),
	[700011, /client ID, tenant ID and cloud.*install/i],
	...[700027, 700030].map((code): Row => [code, /Upload the certificate/]),
	[700024, /clock/],
	...[65005, 650057].map((code): Row => [code, /Mail\.Send/]),
	...[650053, 70011].map((code): Row => [code, /cloud instance.*trace ID/]),
	[9002313, /report it to the makers/],
	...[900382, 900432].map((code): Row => [code, /national cloud/]),
	...[500011, 650052].map((code): Row => [code, /Entra admin.*Microsoft 365/]),
	...[500021, 500022].map((code): Row => [code, /n8n administrator.*tenant restrictions/]),
	[500212, /own tenant.*outbound/],
	[500213, /inbound/],
	[90093, /admin to grant consent/],
	[90099, /Entra admin.*consent/],
	...[16000, 50014, 51004].map((code): Row => [code, /account of this tenant/]),
	[500208, /work or school account/],
	[50053, /Entra admin.*sign-in log.*unlocks/],
	...[50055, 50144].map((code): Row => [code, /change its password/]),
	...[50158, 50074].map((code): Row => [code, /complete multi-factor/]),
	[50072, /register multi-factor/i],
	[53004, /known device/],
	...[50131, 53011, 530034].map((code): Row => [code, /Entra admin.*risk.*unblocks/]),
	[530035, /security defaults/],
	[53002, /Entra admin excludes/],
	[53001, /domain-joined/],
	...[50097, 50129, 50155].map((code): Row => [code, /registered with the tenant/]),
	[50132, /connect the account again/],
	[50089, /connect the account again/],
	[50196, /Wait ten minutes.*n8n administrator/],
	[54005, /connect the account again/],
	...TEMPORARY.map((code): Row => [code, /later/]),
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
		for (const text of [row.message, row.remedy, row.roboMqRemedy ?? '']) {
			expect(text).not.toMatch(/\b(error|problem|failure|mistake)s?\b/i);
		}
		expect(row.message).not.toMatch(/\.$/);
		expect(row.whoActs === 'appOwner').toBe(row.roboMqRemedy !== undefined);
		const { remedy } = explain(authError(code), roboMq);
		expect(remedy).toBe(row.roboMqRemedy ?? row.remedy);
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

test.each(Object.entries(AADSTS_ERRORS))(
	'AADSTS%s is tried again if nobody can act',
	(code, row) => {
		const { verdict } = signInRequired(authError(Number(code)));
		expect(verdict).toBe(row.whoActs === 'nobody' ? 'notTaken' : 'unauthorized');
	},
);

test('the table has a test for every row, and the sandbox knows each', () => {
	const codes = Object.keys(AADSTS_ERRORS).map(Number);
	expect(rows.map(([code]) => code).sort()).toEqual(expect.arrayContaining(codes.sort()));
	for (const code of codes) expect(AADSTS).toHaveProperty(String(code));
});
