import { explainEarlierUnknown, explainStartedBefore } from '#node/explain/unknownOutcome';
import { explainExchange } from '#node/explain/exchange';
import { answered, broken, stopped, type Exchange } from '#node/graph/exchange';
import { GRAPH_ERRORS } from '#node/explain/graphErrors';

const customer = { application: 'customer', credentialName: 'Contoso HR' } as const;
const roboMq = { application: 'roboMq' } as const;

function refused(status: number, code: string, headers: Record<string, string> = {}): Exchange {
	const innerError = { date: '2026-11-22T10:00:00', 'request-id': 'inner-1' };
	const body = JSON.stringify({ error: { code, message: 'As Microsoft puts it.', innerError } });
	return answered({ status, headers, body });
}

/** Every row of the table in the facts page. */
const rows: Array<[number, string, RegExp]> = [
	[400, 'ErrorInvalidRecipients', /each recipient has exactly one address/],
	[400, 'ErrorInvalidParameter', /report it.*request ID/i],
	[400, 'UnableToDeserializePostBody', /report it.*request ID/i],
	[400, 'RequestBodyRead', /report it.*request ID/i],
	[401, 'InvalidAuthenticationToken', /connect the account again.*Cloud Instance/],
	[403, 'ErrorAccessDenied', /Mail\.Send.*Mail\.Send\.Shared.*license and a mailbox/],
	[403, 'ErrorSendAsDenied', /Exchange admin grants.*Send As or Send on Behalf/],
	[404, 'MailboxNotEnabledForRESTAPI', /license.*another account/],
	[404, 'ErrorInvalidUser', /license.*another account/],
	[413, 'RequestEntityTooLarge', /smaller.*link.*Mail\.ReadWrite/],
	[413, 'ErrorMessageSizeExceeded', /smaller.*link/],
	[429, 'ApplicationThrottled', /later/],
	[429, 'TooManyRequests', /later/],
	[404, 'ResourceNotFound', /license.*another account/],
	[401, 'OrganizationFromTenantGuidNotFound', /Microsoft 365 admin.*Exchange Online/],
	[404, 'OrganizationFromTenantGuidNotFound', /Microsoft 365 admin.*Exchange Online/],
	[404, 'ErrorItemNotFound', /message ID/],
	[400, 'ErrorMessageSizeExceeded', /smaller.*link/],
	[400, 'ErrorExceededMessageLimit', /instructions in its inbox.*no administrator/],
	[403, 'ErrorMessageSubmissionBlocked', /instructions in its inbox/],
	[429, 'ErrorExceededMaxRecipientLimit', /instructions in its inbox/],
	[429, 'ErrorExceededHourlyMessageLimit', /instructions in its inbox/],
	[403, 'ErrorAccountSuspend', /instructions in its inbox/],
	[400, 'ErrorSubmissionQuotaExceeded', /tomorrow.*Exchange admin/],
	[507, 'ErrorQuotaExceeded', /^(?!.*Save to Sent Items).*Empty the mailbox/],
];

test.each(rows)('%i %s has its remedy and its ids', (status, code, remedy) => {
	const exchange = refused(status, code, {
		'request-id': 'graph-1',
		date: 'Sun, 22 Nov 2026 10:00:00 GMT',
	});
	expect(explainExchange(exchange, 'ours-1', customer)).toEqual({
		code,
		message: GRAPH_ERRORS[code]!.message,
		remedy: expect.stringMatching(remedy),
		details: {
			credential: 'Contoso HR',
			httpStatus: status,
			requestId: 'graph-1',
			clientRequestId: 'ours-1',
			time: '2026-11-22T10:00:00.000Z',
			microsoftSays: 'As Microsoft puts it.',
		},
	});
});

test.each([400, 403, 429])(
	'a personal account at its limit is not tried again, status %i',
	(status) => {
		expect(refused(status, 'ErrorExceededMessageLimit').verdict).toBe('refused');
		expect(refused(status, 'ErrorAccountSuspend').verdict).toBe('refused');
	},
);

test.each([401, 404])(
	'a tenant without Exchange never leads to connecting again, status %i',
	(status) => {
		const { remedy } = explainExchange(
			refused(status, 'OrganizationFromTenantGuidNotFound'),
			'ours-1',
			customer,
		);
		expect(remedy).not.toMatch(/connect.* again/i);
	},
);

test('too large is also a 400 that says so', () => {
	const message = 'The maximum request length supported is 4MB.';
	const body = JSON.stringify({ error: { code: 'BadRequest', message } });
	const exchange = answered({ status: 400, headers: {}, body });
	expect(explainExchange(exchange, 'ours-1', customer)).toMatchObject({
		code: 'RequestEntityTooLarge',
		remedy: expect.stringMatching(/smaller.*link.*Mail\.ReadWrite/),
		details: { httpStatus: 400, microsoftSays: message },
	});
});

test.each([
	['sentItems', /Check Sent Items/],
	['nowhere', /^(?!.*Check Sent Items).*recipient.*message trace/],
	['outbox', /Drafts or in the Outbox/],
] as const)(
	'the advice for an unknown outcome fits an email that is found in %s',
	(where, advice) => {
		const failure = explainExchange(stopped('afterRequest'), 'ours-1', customer, where);
		expect(failure.remedy).toMatch(advice);
		const refusal = explainExchange(refused(403, 'ErrorAccessDenied'), 'ours-1', customer, where);
		expect(explainEarlierUnknown(refusal, where).remedy).toMatch(advice);
		expect(explainStartedBefore(where).remedy).toMatch(advice);
	},
);

test.each(Object.entries(GRAPH_ERRORS))('%s speaks as n8n asks', (_code, row) => {
	for (const text of [row.message, row.remedy, row.roboMqRemedy ?? '']) {
		expect(text).not.toMatch(/\b(error|problem|failure|mistake)s?\b/i);
	}
	expect(row.roboMqRemedy ?? row.remedy).not.toMatch(/permission to the credential/);
});

test('the app of RoboMQ is not told to take a permission that it never asks for', () => {
	const failure = explainExchange(refused(413, 'RequestEntityTooLarge'), 'ours-1', roboMq);
	expect(failure.remedy).toContain('customer-owned application');
});

test.each([
	['an unknown code', refused(400, 'ErrorOfTomorrow'), 'ErrorOfTomorrow', /what Microsoft says/],
	[
		'a page of a proxy',
		answered({ status: 403, headers: {}, body: '<html>Forbidden</html>' }),
		'http403',
		/n8n administrator.*proxy or firewall/,
	],
	[
		'a page of a gateway of Microsoft',
		answered({ status: 413, headers: {}, body: '<html>Too large</html>' }),
		'RequestEntityTooLarge',
		/smaller/,
	],
	[
		'a 403 of Graph without a body',
		answered({ status: 403, headers: { 'request-id': 'graph-1' }, body: '' }),
		'ErrorAccessDenied',
		/Mail\.Send/,
	],
	[
		'a 403 of a proxy that does not connect',
		answered({ status: 403, headers: {}, body: '' }),
		'http403',
		/n8n administrator.*proxy or firewall/,
	],
	[
		'a status of Graph without a body',
		answered({ status: 418, headers: { 'request-id': 'graph-1' }, body: '' }),
		'http418',
		/request ID/,
	],
	[
		'a code that is an object of JavaScript',
		refused(400, '__proto__'),
		'__proto__',
		/what Microsoft says/,
	],
] as Array<[string, Exchange, string, RegExp]>)('%s', (_name, exchange, code, remedy) => {
	const failure = explainExchange(exchange, 'ours-1', customer);
	expect(failure.code).toBe(code);
	expect(failure.remedy).toMatch(remedy);
});

test.each([
	['500', answered({ status: 500, headers: {}, body: '' })],
	['a cut connection', broken('afterRequest', new Error('socket hang up'))],
	['a stop while sending', stopped('afterRequest')],
] as Array<[string, Exchange]>)(
	'%s: the outcome is unknown, with what to do',
	(_name, exchange) => {
		expect(explainExchange(exchange, 'ours-1', customer)).toMatchObject({
			code: 'unknownOutcome',
			message: expect.stringContaining('the outcome is unknown'),
			remedy: expect.stringContaining('Sent Items'),
			details: { clientRequestId: 'ours-1' },
		});
	},
);

test('a page with a 202 is told to be somebody else’s, and its outcome unknown', () => {
	const exchange = answered({
		status: 202,
		headers: { 'content-type': 'text/html' },
		body: '<p>Sign in',
	});
	expect(explainExchange(exchange, 'ours-1', customer)).toMatchObject({
		code: 'unknownOutcome',
		message:
			'Something between n8n and Microsoft Graph answered with status 202: the outcome is unknown',
	});
});

test.each([
	['customer', /n8n administrator.*Entra ID Cloud Instance in the credential/],
	['roboMq', /^(?!.*credential).*n8n administrator/],
] as const)(
	'a %s account that cannot be reached names who can look into it',
	(application, remedy) => {
		const cause = new Error('getaddrinfo ENOTFOUND graph.example');
		const graph = explainExchange(broken('beforeRequest', cause), 'ours-1', { application });
		expect(graph).toMatchObject({
			code: 'unreachable',
			message: 'Microsoft Graph could not be reached',
			remedy: expect.stringMatching(remedy),
			details: { networkSays: 'getaddrinfo ENOTFOUND graph.example' },
		});
		const refused = broken('beforeRequest', cause, { renewing: true });
		const renewing = explainExchange(refused, 'ours-1', { application });
		expect(renewing.message).toBe('Entra ID could not be reached to renew the connection');
	},
);

test('where somebody puts other things in the place of an id, they are left out', () => {
	const { details } = explainExchange(
		refused(400, 'ErrorInvalidRecipients', { 'request-id': '<script>' }),
		'ours-1',
		customer,
	);
	expect(details).not.toHaveProperty('requestId');
});

test('the advice for an unknown outcome fits the email', () => {
	const exchange = broken('afterRequest', new Error('socket hang up'));
	const remedyFor = (where: 'sentItems' | 'nowhere' | 'outbox') =>
		explainExchange(exchange, 'ours-1', { application: 'customer' }, where).remedy;
	expect(remedyFor('sentItems')).toMatch(/^Check Sent Items/);
	expect(remedyFor('nowhere')).toMatch(/message trace/);
	expect(remedyFor('outbox')).toMatch(/Drafts or in the Outbox/);
});
