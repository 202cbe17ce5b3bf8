import {
	hires,
	startLinkedSandbox,
	WELCOME,
	type LinkedSandbox,
} from '#tools/engine/linkedSandbox';

let linked: LinkedSandbox;

beforeAll(async () => {
	linked = await startLinkedSandbox();
});

beforeEach(() => linked.sandbox.reset());

afterAll(async () => await linked.sandbox.close());

const timesSent = () =>
	[1, 2, 3].map(
		(hire) =>
			linked.sandbox.outbox.filter(({ message }) => message.subject === `Welcome, Hire ${hire}`)
				.length,
	);

const ONE_BY_ONE = { ...WELCOME, options: { simultaneous: 1 } };

test('three emails, the second answered 504 after it was taken: each leaves once', async () => {
	linked.sandbox.faults.switchOn('gateway504AfterTaken', { after: 1, times: 1 });
	const { error } = await linked.run({
		parameters: ONE_BY_ONE,
		items: hires(3),
		retryOnFail: true,
	});
	expect(error?.code).toBe('unknownOutcome');
	expect(error?.description).toContain('2 of 3 emails were accepted');
	expect(timesSent()).toEqual([1, 1, 1]);
});

test('the same with Continue on Fail: items keep code and remedy', async () => {
	linked.sandbox.faults.switchOn('gateway504AfterTaken', { after: 0, times: 1 });
	const { items } = await linked.run({
		parameters: ONE_BY_ONE,
		items: hires(3),
		retryOnFail: true,
		onError: 'continueRegularOutput',
	});
	expect(items.map(({ json }) => json.status ?? json.details)).toEqual([
		expect.objectContaining({ code: 'unknownOutcome', remedy: expect.any(String) }),
		'accepted',
		'accepted',
	]);
	expect(timesSent()).toEqual([1, 1, 1]);
});

test('an email that was refused for a moment is sent by the retry, the others are not', async () => {
	linked.sandbox.faults.switchOn('quota507', { after: 1, times: 1 });
	const { items, error } = await linked.run({
		parameters: ONE_BY_ONE,
		items: hires(3),
		retryOnFail: true,
	});
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json.status)).toEqual(['accepted', 'accepted', 'accepted']);
	expect(timesSent()).toEqual([1, 1, 1]);
});
