import type { IDataObject } from 'n8n-workflow';
import { AADSTS_ERRORS } from '#node/explain/aadstsErrors';
import { GRAPH_ERRORS } from '#node/explain/graphErrors';
import { AADSTS } from '#sandbox/entra/aadsts';
import { GRAPH_REFUSALS } from '#sandbox/graph/refusals';
import { hires, WELCOME } from '#tools/engine/linkedSandbox';
import { nodeInVirtualTime } from './faultMatrix/virtualTime';
import { linkedForTests } from './linkedForTests';

// What the node tries again, it does not try for real minutes.
const nodeType = nodeInVirtualTime();

const linked = linkedForTests();

const run = async (application: 'roboMq' | 'customer' = 'customer') =>
	await linked.run({ application, parameters: WELCOME, items: hires(1), nodeType });

test.each(Object.entries(AADSTS_ERRORS))(
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

test.each(Object.entries(GRAPH_ERRORS))('%s of Graph is explained', async (code, row) => {
	const { message, remedy } = row;
	const status = GRAPH_REFUSALS[code]!;
	linked.sandbox.faults.switchOn('custom', {
		status,
		headers: {
			'content-type': 'application/json',
			'request-id': 'graph-1',
			// Until nobody waits any longer.
			...(status === 429 ? { 'retry-after': '60' } : {}),
		},
		body: JSON.stringify({ error: { code, message: 'As Microsoft puts it.' } }),
	});
	const { error } = await run();
	expect(error).toMatchObject({ message, code });
	expect(error?.description).toContain(remedy);
	expect(error?.context?.details).toMatchObject({ code, remedy, requestId: 'graph-1' });
});

test('every refusal that the sandbox can answer as Graph has its explanation, and the other way', () => {
	expect(Object.keys(GRAPH_ERRORS).sort()).toEqual(Object.keys(GRAPH_REFUSALS).sort());
	expect(Object.keys(AADSTS)).toEqual(expect.arrayContaining(Object.keys(AADSTS_ERRORS)));
});

test('a sign-in host that cannot be reached is told apart from Graph', async () => {
	const { type, data } = linked.store.find('customer');
	const credential = linked.store.add({
		...{ id: 'elsewhere', name: 'Elsewhere', type },
		data: { ...data, loginHost: 'http://127.0.0.1:1' },
	});
	linked.sandbox.expireAccessTokens();
	const { error } = await linked.run({
		credential,
		parameters: WELCOME,
		items: hires(1),
		nodeType,
	});
	expect(error).toMatchObject({
		code: 'unreachable',
		message: 'Entra ID could not be reached to renew the connection',
	});
	expect(linked.sandbox.outbox).toEqual([]);
});

test('a token that Graph refuses even when it is new', async () => {
	linked.sandbox.faults.switchOn('expiredToken');
	const { error } = await run();
	expect(error?.code).toBe('InvalidAuthenticationToken');
	expect(error?.description).toContain('connect the account again');
});
