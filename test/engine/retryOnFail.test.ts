import { DEFAULT_RETRY_POLICY } from '#node/delivery/retry';
import { hires, WELCOME } from '#tools/engine/linkedSandbox';
import { nodeInVirtualTime } from './faultMatrix/virtualTime';
import { linkedForTests } from './linkedForTests';

const linked = linkedForTests();

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

test('On Unknown Outcome = Retry: a later try sends the unknown email again, and no other', async () => {
	// As often as the node itself tries in one run; the next run finds Graph well again.
	const { maxFailures } = DEFAULT_RETRY_POLICY;
	linked.sandbox.faults.switchOn('gateway504', { after: 1, times: maxFailures });
	const { items, error } = await linked.run({
		parameters: { ...WELCOME, options: { simultaneous: 1, onUnknownOutcome: 'retry' } },
		items: hires(3),
		retryOnFail: true,
		nodeType: nodeInVirtualTime(),
	});
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json.status)).toEqual(['accepted', 'accepted', 'accepted']);
	expect(timesSent()).toEqual([1, 1, 1]);
	const sent = linked.sandbox.requests.filter(({ path }) => path.endsWith('/sendMail'));
	expect(sent).toHaveLength(3 + maxFailures);
});

test('On Unknown Outcome = Retry with Continue: the unknown email is tried again, and says so', async () => {
	linked.sandbox.faults.switchOn('gateway504AfterTaken', { after: 1, times: 1 });
	const { items } = await linked.run({
		parameters: { ...WELCOME, options: { simultaneous: 1, onUnknownOutcome: 'retry' } },
		items: hires(3),
		retryOnFail: true,
		onError: 'continueRegularOutput',
		nodeType: nodeInVirtualTime(),
	});
	expect(items[1]?.json).toMatchObject({ status: 'accepted', mayBeDuplicate: true, attempts: 2 });
	expect(timesSent()).toEqual([1, 2, 1]);
});

test('each round of a loop sends its emails, and a retry of one round sends none twice', async () => {
	linked.sandbox.faults.switchOn('quota507', { after: 3, times: 1 });
	const { error } = await linked.run({
		parameters: ONE_BY_ONE,
		items: hires(3),
		retryOnFail: true,
		rounds: 2,
	});
	expect(error).toBeUndefined();
	expect(timesSent()).toEqual([2, 2, 2]);
});

test('another execution, such as a sub-workflow called again, sends anew', async () => {
	const once = async () =>
		await linked.run({ parameters: ONE_BY_ONE, items: hires(3), retryOnFail: true });
	await Promise.all([once(), once()]);
	expect(timesSent()).toEqual([2, 2, 2]);
});

test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
	'%s: a bad expression in an option that is read once fails its item, none leaves as sent',
	async (onError) => {
		const messagesPerMinute = "={{ $itemIndex === 0 ? $('Nowhere').item.json.pace : 0 }}";
		const { error, run } = await linked.run({
			parameters: { ...WELCOME, options: { messagesPerMinute } },
			items: hires(2),
			onError,
		});
		const [success, failed = success] =
			run.data.resultData.runData['Send Outlook Mail']![0]!.data!.main!;
		expect(error).toBeUndefined();
		expect(failed![0]!.json.details).toMatchObject({ code: 'invalidExpression' });
		expect(success!.at(-1)!.json.status).toBe('accepted');
		expect(timesSent()).toEqual([0, 1, 0]);
	},
);

test.each(['application', 'operation'])(
	'a bad expression in %s fails every item with Continue on Fail',
	async (parameter) => {
		const { items, error } = await linked.run({
			parameters: { ...WELCOME, [parameter]: "={{ $('Nowhere').item.json.value }}" },
			items: hires(2),
			onError: 'continueRegularOutput',
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.error)).toEqual([expect.any(String), expect.any(String)]);
	},
);

test('items on the regular output keep code and remedy, also with Retry On Fail', async () => {
	const items = hires(2);
	items[0]!.json.address = 'nobody';
	const result = await linked.run({
		parameters: WELCOME,
		items,
		retryOnFail: true,
		onError: 'continueRegularOutput',
	});
	expect(result.items[0]?.json).toEqual({
		error: expect.stringContaining('To, entry 1'),
		details: { code: 'invalidInput', remedy: expect.any(String) },
	});
	expect(result.items[1]?.json.status).toBe('accepted');
	expect(timesSent()).toEqual([0, 1, 0]);
});

test('a refusal of Microsoft on the error output keeps the same, also with Retry On Fail', async () => {
	linked.sandbox.faults.switchOn('quota507');
	const { run } = await linked.run({
		parameters: ONE_BY_ONE,
		items: hires(1),
		retryOnFail: true,
		onError: 'continueErrorOutput',
	});
	const { main } = run.data.resultData.runData['Send Outlook Mail']![0]!.data!;
	expect(main![1]![0]!.json).toMatchObject({
		...hires(1)[0]!.json,
		error: expect.stringContaining('mailbox is full'),
		details: { code: 'ErrorQuotaExceeded', remedy: expect.any(String), httpStatus: 507 },
	});
});

test('items on the error output keep code, remedy and their input fields, also with Retry On Fail', async () => {
	const items = hires(2);
	items[0]!.json.address = 'nobody';
	const { run } = await linked.run({
		parameters: WELCOME,
		items,
		retryOnFail: true,
		onError: 'continueErrorOutput',
	});
	const { main } = run.data.resultData.runData['Send Outlook Mail']![0]!.data!;
	expect(main![1]!.map(({ json }) => json)).toEqual([
		{
			name: 'Hire 1',
			address: 'nobody',
			error: expect.stringContaining('To, entry 1'),
			details: { code: 'invalidInput', remedy: expect.any(String) },
		},
	]);
	expect(timesSent()).toEqual([0, 1, 0]);
});
