import {
	installDeduplicationStore,
	type DeduplicationStore,
} from '#tools/engine/deduplicationStore';
import { hires, WELCOME } from '#tools/engine/linkedSandbox';
import { linkedForTests } from './linkedForTests';

const linked = linkedForTests();
let store: DeduplicationStore;

beforeAll(async () => {
	store = await installDeduplicationStore();
});
beforeEach(() => {
	store.rows.clear();
	store.calls = 0;
	store.onCall = undefined;
});

const withKey = (options: Record<string, unknown> = {}) => ({
	...WELCOME,
	options: { sendOnceKey: '={{ $json.key ?? $json.address }}', ...options },
});
const subjects = () => linked.sandbox.outbox.map(({ message }) => message.subject).sort();

test('a second run answers alreadySent for what was sent, and sends the rest', async () => {
	const first = await linked.run({ parameters: withKey(), items: hires(5) });
	expect(first.items.map(({ json }) => json.status)).toEqual(Array(5).fill('accepted'));

	const second = await linked.run({ parameters: withKey(), items: hires(7) });
	expect(second.items.map(({ json }) => json.status)).toEqual([
		...Array(5).fill('alreadySent'),
		'accepted',
		'accepted',
	]);
	expect(second.items[0]).toEqual({
		json: {
			status: 'alreadySent',
			to: ['hire1@contoso.example'],
			subject: 'Welcome, Hire 1',
			attempts: 0,
		},
		pairedItem: { item: 0 },
	});
	expect(linked.sandbox.outbox).toHaveLength(7);
});

test('a row of n8n’s table for each key, whose name shows neither key nor node', async () => {
	await linked.run({ parameters: withKey(), items: hires(3) });
	expect([...store.rows.values()].map((entries) => entries.length)).toEqual([2, 2, 2]);
	for (const name of store.rows.keys()) expect(name).toMatch(/^workflow-1\/[0-9a-f]{64}$/);
});

test('without a key the store is not touched', async () => {
	await linked.run({ parameters: WELCOME, items: hires(3) });
	expect(store.calls).toBe(0);
});

test('two items with one key make one mail', async () => {
	const items = hires(4).map(({ json }) => ({ json: { ...json, key: 'same' } }));
	const { items: output } = await linked.run({ parameters: withKey(), items });
	expect(output.map(({ json }) => json.status).sort()).toEqual([
		'accepted',
		'alreadySent',
		'alreadySent',
		'alreadySent',
	]);
	expect(linked.sandbox.outbox).toHaveLength(1);
});

test('a run that broke in the middle is finished by the next: none twice, none lost', async () => {
	linked.sandbox.faults.switchOn('error500', { after: 3, times: 1 });
	const broken = await linked.run({ parameters: withKey(), items: hires(10) });
	expect(broken.error?.code).toBe('unknownOutcome');

	const again = await linked.run({
		parameters: withKey(),
		items: hires(10),
		onError: 'continueRegularOutput',
	});
	const unknown = again.items.filter(({ json }) => 'error' in json);
	expect(unknown.map(({ json }) => json.details)).toEqual([
		expect.objectContaining({ code: 'unknownOutcome', clientRequestId: expect.any(String) }),
	]);
	expect(new Set(subjects()).size).toBe(linked.sandbox.outbox.length);
	expect(linked.sandbox.outbox).toHaveLength(9);

	const retried = await linked.run({
		parameters: withKey({ onUnknownOutcome: 'retry' }),
		items: hires(10),
	});
	expect(retried.items.filter(({ json }) => json.status === 'accepted')).toHaveLength(1);
	expect(retried.items.find(({ json }) => json.mayBeDuplicate)?.json.status).toBe('accepted');
	expect(subjects()).toHaveLength(10);
});

test('what was surely not taken may go in the next run', async () => {
	linked.sandbox.faults.switchOn('quota507', { times: 1 });
	const refused = await linked.run({ parameters: withKey(), items: hires(1) });
	expect(refused.error?.code).toBe('ErrorQuotaExceeded');
	const { items } = await linked.run({ parameters: withKey(), items: hires(1) });
	expect(items[0]?.json.status).toBe('accepted');
});

test('a key can be forgotten for one run', async () => {
	await linked.run({ parameters: withKey(), items: hires(1) });
	const { items } = await linked.run({
		parameters: withKey({ sendOnceForget: true }),
		items: hires(1),
	});
	expect(items[0]?.json.status).toBe('accepted');
	expect(linked.sandbox.outbox).toHaveLength(2);
});

test.each([
	['empty', '={{ $json.nothing }}', 'The key is empty'],
	['only spaces', '   ', 'The key is empty'],
	['an object', '={{ $json }}', 'neither a text nor a number'],
])('a key that is %s is refused before anything leaves', async (_name, sendOnceKey, message) => {
	const { error } = await linked.run({
		parameters: { ...WELCOME, options: { sendOnceKey } },
		items: hires(2),
	});
	expect(error?.message).toContain(message);
	expect(linked.sandbox.requests.filter(({ host }) => host === 'graph')).toHaveLength(0);
	expect(store.calls).toBe(0);
});

test('a store that fails before the mail stops it; after the mail it is only a hint', async () => {
	store.onCall = () => {
		throw new Error('the database is locked');
	};
	const before = await linked.run({ parameters: withKey(), items: hires(1) });
	expect(before.error?.code).toBe('sendOnceUnavailable');
	expect(before.error?.context?.details).toMatchObject({ storeSays: 'the database is locked' });
	expect(linked.sandbox.outbox).toHaveLength(0);

	store.onCall = (method) => {
		if (method === 'checkProcessedAndRecord' && linked.sandbox.outbox.length > 0) {
			throw new Error('the database is locked');
		}
	};
	const after = await linked.run({ parameters: withKey(), items: hires(1) });
	expect(after.items[0]?.json.status).toBe('accepted');
	expect(JSON.stringify(after.hints)).toContain('could not store the outcome');
});

test('a key that another process holds at the moment is unknown, and says so', async () => {
	await linked.run({ parameters: withKey(), items: hires(1) });
	for (const entries of store.rows.values()) entries.pop();
	const { error } = await linked.run({ parameters: withKey(), items: hires(1) });
	expect(error?.code).toBe('unknownOutcome');
	expect(error?.message).toContain('Another run started this email');
	expect(error?.description).toContain('sending it at the moment');
	expect(linked.sandbox.outbox).toHaveLength(1);
});

test('two executions at the same moment send each key once', async () => {
	const runs = await Promise.all(
		[1, 2].map(
			async () =>
				await linked.run({
					parameters: withKey(),
					items: hires(20),
					onError: 'continueRegularOutput',
				}),
		),
	);
	expect(subjects()).toHaveLength(20);
	expect(new Set(subjects()).size).toBe(20);
	const statuses = runs.flatMap(({ items }) => items.map(({ json }) => json.status));
	expect(statuses.filter((status) => status === 'accepted')).toHaveLength(20);
	expect(statuses.filter((status) => status === 'alreadySent')).toHaveLength(20);
});
