import type { IDataObject, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import {
	hires,
	startLinkedSandbox,
	WELCOME,
	type LinkedSandbox,
} from '#tools/engine/linkedSandbox';

let linked: LinkedSandbox;
beforeEach(async () => {
	linked = await startLinkedSandbox();
	// The lanes of the app open one by one; with only one, executions would wait for each other.
	await linked.run({ parameters: WELCOME, items: hires(20) });
	linked.sandbox.reset();
	linked.sandbox.expireAccessTokens();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await linked.sandbox.close();
});

const EXECUTIONS = 12;
const send = async () => await linked.run({ parameters: WELCOME, items: hires(2) });

/** Lets something happen after each reading of a credential, as in a database that others use too. */
function afterEachReading(happening: (executionId: string | undefined) => Promise<void>): void {
	const read = linked.store.getDecrypted.bind(linked.store);
	jest.spyOn(linked.store, 'getDecrypted').mockImplementation(async (...asked) => {
		const credential = structuredClone(await read(...asked));
		await happening((asked[0] as IWorkflowExecuteAdditionalData).executionId);
		return credential;
	});
}

/** What another worker of the same n8n does. */
async function renewElsewhere(): Promise<void> {
	const stored = linked.store.find('customer');
	const { accessTokenUrl, clientId, clientSecret } = linked.store.resolve('customer');
	const { refresh_token } = stored.data.oauthTokenData as IDataObject;
	const answer = await fetch(String(accessTokenUrl), {
		method: 'POST',
		body: new URLSearchParams({
			grant_type: 'refresh_token',
			client_id: String(clientId),
			client_secret: String(clientSecret),
			refresh_token: String(refresh_token),
		}),
	});
	stored.data = { ...stored.data, oauthTokenData: (await answer.json()) as IDataObject };
}

test(`${EXECUTIONS} executions that meet an expired token renew it once`, async () => {
	const results = await Promise.all(Array.from({ length: EXECUTIONS }, async () => await send()));
	expect(results.map(({ items }) => items.map(({ json }) => json.status))).toEqual(
		Array.from({ length: EXECUTIONS }, () => ['accepted', 'accepted']),
	);
	expect(linked.sandbox.counters.tokenRefreshes).toBe(1);
	expect(linked.store.tokenUpdates).toBe(1);
});

function rejections(): number {
	return linked.sandbox.requests.filter(({ status }) => status === 401).length;
}

/** The test ends in time only if it comes to be. */
async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise(setImmediate);
}

test('an execution whose reading is overtaken by the renewal of another does not renew again', async () => {
	const { sandbox, store } = linked;
	afterEachReading(async (executionId) => {
		if (executionId !== 'late' || rejections() === 0) return;
		await until(() => rejections() === 4);
		// Time for the other one to renew the token; in vain where it waits for this renewal instead.
		for (let trips = 0; trips < 20 && store.tokenUpdates === 0; trips++) {
			await fetch(`${sandbox.loginOrigin}/common/v2.0/.well-known/openid-configuration`);
		}
	});
	const late = linked.run({
		...{ parameters: WELCOME, items: hires(2) },
		host: { executionId: 'late' },
	});
	await until(() => rejections() > 0);
	const results = [await send(), await late];
	expect(results.map(({ items }) => items.length)).toEqual([2, 2]);
	expect(sandbox.counters.tokenRefreshes).toBe(1);
});

test('a token that another worker renews between two readings is taken as it is', async () => {
	let renewed = false;
	afterEachReading(async () => {
		const rejected = linked.sandbox.requests.some(({ status }) => status === 401);
		if (!rejected || renewed) return;
		renewed = true;
		await renewElsewhere();
	});
	const { items } = await send();
	expect(items.map(({ json }) => json.status)).toEqual(['accepted', 'accepted']);
	expect(renewed).toBe(true);
	expect(linked.sandbox.counters.tokenRefreshes).toBe(1);
});

test('every execution learns of a refused renewal, and a later one may renew', async () => {
	linked.sandbox.faults.switchOn('anyAadsts', { code: 53003 });
	const refused = await Promise.all([send(), send(), send()]);
	for (const { error } of refused) {
		expect(error?.message).toBe('Conditional Access blocked the sign-in');
	}
	await linked.sandbox.faults.switchOff();
	expect((await send()).items).toHaveLength(2);
	expect(linked.sandbox.counters.tokenRefreshes).toBe(1);
});

test('an execution that is stopped while it renews leaves the token to those who wait', async () => {
	linked.sandbox.faults.switchOn('slowAnswer', { operation: 'token', milliseconds: 400 });
	let cancel = () => {};
	const stopped = linked.run({
		parameters: WELCOME,
		items: hires(2),
		onStart: (execution) => ({ cancel } = execution),
	});
	await until(() => rejections() === 2);
	const waiting = send();
	await until(() => rejections() === 4);
	cancel();
	expect((await waiting).items.map(({ json }) => json.status)).toEqual(['accepted', 'accepted']);
	await stopped.catch(() => undefined);
	expect(linked.sandbox.counters.tokenRefreshes).toBe(1);
	expect(linked.sandbox.outbox).toHaveLength(2);
});

test('a renewal that Entra ID refuses is asked for once a run, not once an item', async () => {
	const stored = linked.store.find('customer');
	const tokens = stored.data.oauthTokenData as IDataObject;
	stored.data = { ...stored.data, oauthTokenData: { ...tokens, refresh_token: 'revoked' } };
	const { items } = await linked.run({
		parameters: WELCOME,
		items: hires(40),
		onError: 'continueRegularOutput',
	});
	expect(items.every(({ json }) => json.error !== undefined)).toBe(true);
	const renewals = linked.sandbox.requests.filter(({ path }) => path.endsWith('/token'));
	// One by n8n, and one that learns the reason.
	expect(renewals.length).toBeLessThanOrEqual(2);
});
