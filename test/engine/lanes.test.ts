import { hires, WELCOME } from '#tools/engine/linkedSandbox';
import { linkedForTests } from './linkedForTests';

const linked = linkedForTests({ latencyMs: 30 });

const counters = () => linked.sandbox.counters;

test('forty mails leave over at most four connections, four at a time, none throttled', async () => {
	const { items } = await linked.run({ parameters: WELCOME, items: hires(40) });
	expect(items.map(({ json }) => json.subject)).toEqual(
		Array.from({ length: 40 }, (_, index) => `Welcome, Hire ${index + 1}`),
	);
	expect(linked.sandbox.outbox).toHaveLength(40);
	expect(counters().connections.graph).toBeLessThanOrEqual(4);
	expect(counters()).toMatchObject({ throttled: 0, peakConcurrency: 4 });
});

test('executions at the same time share the four', async () => {
	await Promise.all(
		[30, 3, 10].map(
			async (count) => await linked.run({ parameters: WELCOME, items: hires(count) }),
		),
	);
	expect(linked.sandbox.outbox).toHaveLength(43);
	expect(counters()).toMatchObject({ throttled: 0, peakConcurrency: 4 });
});

test('one mail at a time, where the designer wants it so', async () => {
	const parameters = { ...WELCOME, options: { simultaneous: 1 } };
	await linked.run({ parameters, items: hires(10) });
	expect(linked.sandbox.outbox.map(({ message }) => message.subject)).toEqual(
		Array.from({ length: 10 }, (_, index) => `Welcome, Hire ${index + 1}`),
	);
	expect(counters()).toMatchObject({ connections: { graph: 1 }, peakConcurrency: 1 });
});

test('paced mails all arrive', async () => {
	const parameters = { ...WELCOME, options: { messagesPerMinute: 6_000 } };
	const { items } = await linked.run({ parameters, items: hires(5) });
	expect(items.map(({ json }) => json.status)).toEqual(Array(5).fill('accepted'));
	expect(linked.sandbox.outbox).toHaveLength(5);
});

test("one account's Retry-After neither stops another's emails nor is shown to them", async () => {
	const { type, data } = linked.store.find('customer');
	const other = linked.store.add({ id: 'other', name: 'Other account', type, data: { ...data } });
	linked.sandbox.faults.switchOn('throttle', { times: 1, retryAfter: 3_000 });
	const first = await linked.run({ parameters: WELCOME, items: hires(1) });
	expect(first.error?.code).toBe('ApplicationThrottled');

	const second = await linked.run({ credential: other, parameters: WELCOME, items: hires(4) });
	expect(second.items.map(({ json }) => json.status)).toEqual(Array(4).fill('accepted'));

	const again = await linked.run({ parameters: WELCOME, items: hires(1) });
	expect(again.error?.code).toBe('ApplicationThrottled');
	expect(linked.sandbox.outbox).toHaveLength(4);
});

test('the first emails of an account leave together', async () => {
	const { type, data } = linked.store.find('customer');
	const fresh = linked.store.add({ id: 'fresh', name: 'Fresh account', type, data: { ...data } });
	await linked.run({ credential: fresh, parameters: WELCOME, items: hires(4) });
	expect(counters()).toMatchObject({ throttled: 0, peakConcurrency: 4 });
});
