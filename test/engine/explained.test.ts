import type { IDataObject } from 'n8n-workflow';
import { AADSTS_ERRORS } from '../../nodes/SendOutlookMail/outcome/aadstsErrors';
import { GRAPH_ERRORS } from '../../nodes/SendOutlookMail/outcome/graphErrors';
import { hires, startLinkedSandbox, WELCOME, type LinkedSandbox } from './linkedSandbox';

let linked: LinkedSandbox;
beforeAll(async () => {
	linked = await startLinkedSandbox();
});
beforeEach(() => linked.sandbox.reset());
afterAll(async () => await linked.sandbox.close());

const run = async (application: 'roboMq' | 'customer' = 'customer') =>
	await linked.run({ application, parameters: WELCOME, items: hires(1) });

// Microsoft's own trouble is waited out, see the fault matrix.
const refusing = Object.entries(AADSTS_ERRORS).filter(([, { mender }]) => mender !== 'nobody');

test.each(refusing)(
	'AADSTS%s, met by n8n when it renews the token, is explained, although n8n may keep it to itself',
	async (code, { message, remedy }) => {
		linked.sandbox.expireAccessTokens();
		linked.sandbox.faults.switchOn('anyAadsts', { code: Number(code) });
		const { error } = await run();
		expect(error?.message).toBe(message);
		expect(error?.description).toContain(
			remedy.replace(/[&>]/g, (sign) => `&#${sign.charCodeAt(0)};`),
		);
		expect(error?.description).toContain('Credential: Customer-Owned Outlook account');
		expect(error?.context?.itemIndex).toBe(0);
		expect(error?.context?.details as IDataObject).toMatchObject({
			aadsts: `AADSTS${code}`,
			credential: 'Customer-Owned Outlook account',
			traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
			time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			clientRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
		});
		expect(linked.sandbox.outbox).toHaveLength(0);
	},
);

test('for the application of RoboMQ, its operator is named and not the admin of the customer', async () => {
	linked.sandbox.expireAccessTokens();
	linked.sandbox.faults.switchOn('expiredSecret');
	const { error } = await run('roboMq');
	expect(error?.description).toContain("RoboMQ's operator creates a new one");
});

/** With the status that each code has; those of throttling are waited out. */
const STATUSES: Record<string, number> = {
	ErrorAccessDenied: 403,
	ErrorSendAsDenied: 403,
	MailboxNotEnabledForRESTAPI: 404,
	ErrorInvalidUser: 404,
	RequestEntityTooLarge: 413,
	ErrorMessageSizeExceeded: 413,
	ErrorQuotaExceeded: 507,
};
const HANDLED = ['ApplicationThrottled', 'TooManyRequests', 'InvalidAuthenticationToken'];

test.each(Object.entries(GRAPH_ERRORS).filter(([code]) => !HANDLED.includes(code)))(
	'%s of Graph is explained',
	async (code, { message, remedy }) => {
		linked.sandbox.faults.switchOn('custom', {
			status: STATUSES[code] ?? 400,
			headers: { 'content-type': 'application/json', 'request-id': 'graph-1' },
			body: JSON.stringify({ error: { code, message: 'As Microsoft puts it.' } }),
		});
		const { error } = await run();
		expect(error).toMatchObject({ message, code });
		expect(error?.description).toContain(remedy);
		expect(error?.context?.details).toMatchObject({ code, requestId: 'graph-1' });
	},
);

test('a token that Graph refuses even when it is new', async () => {
	linked.sandbox.faults.switchOn('expiredToken');
	const { error } = await run();
	expect(error?.code).toBe('InvalidAuthenticationToken');
	expect(error?.description).toContain('connect the account again');
});
