import type { IDataObject } from 'n8n-workflow';
import { installDeduplicationStore } from '../../engine/deduplicationStore';
import { hires, startLinkedSandbox, WELCOME, type LinkedSandbox } from '../../engine/linkedSandbox';

let linked: LinkedSandbox;

beforeAll(async () => {
	linked = await startLinkedSandbox();
});

beforeEach(() => linked.sandbox.reset());

afterAll(async () => await linked.sandbox.close());

const subjects = () => linked.sandbox.outbox.map(({ message }) => message.subject).sort();
const welcomes = (count: number) =>
	hires(count)
		.map(({ json }) => `Welcome, ${String(json.name)}`)
		.sort();

test.each(['roboMq', 'customer'] as const)('%s: each mail leaves once', async (application) => {
	const items = hires(10);
	const result = await linked.run({ application, parameters: WELCOME, items });
	expect(result.error).toBeUndefined();
	expect(result.items.map(({ json, pairedItem }) => [json.status, pairedItem])).toEqual(
		items.map((_, item) => ['accepted', { item }]),
	);
	expect(subjects()).toEqual(welcomes(10));
});

test('the mails travel through the own request helper of n8n, which keeps no connection', async () => {
	await linked.run({ parameters: WELCOME, items: hires(10) });
	expect(linked.sandbox.counters.connections.graph).toBe(10);
});

test('a token that has ended before the run costs one refresh', async () => {
	linked.sandbox.expireAccessTokens();
	const { error } = await linked.run({ parameters: WELCOME, items: hires(10) });
	expect(error).toBeUndefined();
	expect(subjects()).toEqual(welcomes(10));
	expect(linked.sandbox.counters.tokenRefreshes).toBe(1);
});

test('a token that expires during a run costs one refresh, and no email is lost or sent twice', async () => {
	const { sandbox } = linked;
	const push = sandbox.outbox.push.bind(sandbox.outbox);
	sandbox.outbox.push = (...mails) => {
		const length = push(...mails);
		if (length === 8) sandbox.expireAccessTokens();
		return length;
	};
	const { error } = await linked.run({ parameters: WELCOME, items: hires(20) });
	sandbox.outbox.push = push;
	expect(error).toBeUndefined();
	expect(subjects()).toEqual(welcomes(20));
	expect(sandbox.counters.tokenRefreshes).toBe(1);
});

test('a mail that is refused after a refresh is not told to be of unknown outcome', async () => {
	linked.sandbox.expireAccessTokens();
	linked.sandbox.faults.switchOn('quota507', { times: 1 });
	const { error } = await linked.run({ parameters: WELCOME, items: hires(1) });
	expect(error?.message).not.toContain('unknown');
});

test('a Send Once Key that was sent is not sent again', async () => {
	await installDeduplicationStore();
	const parameters = { ...WELCOME, options: { sendOnceKey: '={{ $json.address }}' } };
	await linked.run({ parameters, items: hires(2) });
	const { items, error } = await linked.run({ parameters, items: hires(3) });
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json.status)).toEqual(['alreadySent', 'alreadySent', 'accepted']);
	expect(subjects()).toEqual(welcomes(3));
});

describe('an account with a certificate', () => {
	const credentialWith = (data: IDataObject) => {
		const { customerCertificate } = linked.sandbox.directory.apps;
		const [certificate] = customerCertificate.certificates;
		return linked.store.add({
			id: 'certificate',
			name: 'Account with a certificate',
			type: 'customerOutlookOAuth2Api',
			data: {
				cloudInstance: 'custom',
				loginHost: linked.sandbox.loginOrigin,
				graphHost: linked.sandbox.graphOrigin,
				tenantId: linked.sandbox.directory.tenants.contoso.id,
				clientId: customerCertificate.id,
				clientCredentialType: 'certificate',
				privateKey: certificate?.privateKey ?? '',
				certificate: certificate?.certificate ?? '',
				...data,
			},
		});
	};
	/** A token from a time when a newer n8n had this database. */
	const token = () => ({ oauthTokenData: linked.store.find('customer').data.oauthTokenData! });
	const CANNOT = 'This version of n8n cannot sign in with a certificate';

	test('sends while its token lasts', async () => {
		const credential = credentialWith(token());
		const { items } = await linked.run({ credential, parameters: WELCOME, items: hires(2) });
		expect(items.map(({ json }) => json.status)).toEqual(['accepted', 'accepted']);
	});

	test.each([
		['whose token has ended', token],
		['that was never connected', () => ({})],
	])('%s says which n8n is needed, and nothing leaves', async (_name, data) => {
		linked.sandbox.expireAccessTokens();
		const credential = credentialWith(data());
		const { error } = await linked.run({ credential, parameters: WELCOME, items: hires(2) });
		expect(error).toMatchObject({ message: CANNOT, code: 'certificateNotSupported' });
		expect(error?.description).toContain('administrator to update n8n to 2.30 or later');
		expect(error?.description).toContain('Nothing was sent.');
		expect(subjects()).toEqual([]);
		expect(linked.sandbox.counters.tokenRefreshes).toBe(0);
	});

	test('is found by the connection check', async () => {
		const { items } = await linked.run({
			credential: credentialWith(token()),
			parameters: { operation: 'checkConnection' },
			items: [{ json: {} }],
		});
		const found = items.map(({ json }) => json).find(({ check }) => check === 'tokenRefresh');
		expect(found).toMatchObject({ status: 'failed', detail: CANNOT });
	});
});

test('an account whose access was revoked asks to be connected again', async () => {
	linked.sandbox.expireAccessTokens();
	linked.sandbox.revokeRefreshTokens();
	const { error } = await linked.run({ parameters: WELCOME, items: hires(1) });
	// Some hosts pass on what Microsoft says, others only that a grant is not valid any more.
	expect(error?.message).toMatch(/access was revoked|connect/);
	expect(error?.description).toContain('connect the account again');
	expect(subjects()).toEqual([]);
});

test('a client secret that has ended is named, although such an n8n says something else', async () => {
	linked.sandbox.expireAccessTokens();
	linked.sandbox.faults.switchOn('expiredSecret');
	const { error } = await linked.run({ parameters: WELCOME, items: hires(1) });
	expect(error?.message).toBe('The client secret of the application has expired');
	expect(subjects()).toEqual([]);
});
