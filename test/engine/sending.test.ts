import type { IExecuteFunctions } from 'n8n-workflow';
import { SendOutlookMail } from '#node/SendOutlookMail.node';
import { hires, WELCOME } from '#tools/engine/linkedSandbox';
import { linkedForTests } from './linkedForTests';

const linked = linkedForTests();

const subjectsInOutbox = () => linked.sandbox.outbox.map(({ message }) => message.subject).sort();
const subjectsOf = (count: number) =>
	Array.from({ length: count }, (_, index) => `Welcome, Hire ${index + 1}`).sort();

test.each(['roboMq', 'customer'] as const)(
	'%s: the sign-in asks for exactly two permissions, with PKCE, at the right tenant',
	(application) => {
		const url = linked.authorizeUrls[application];
		const { tenants } = linked.sandbox.directory;
		expect(url.searchParams.get('scope')).toBe('Mail.Send offline_access');
		expect(url.searchParams.get('code_challenge_method')).toBe('S256');
		expect(url.pathname.split('/')[1]).toBe(
			application === 'roboMq' ? 'common' : tenants.contoso.id,
		);
	},
);

test.each(['roboMq', 'customer'] as const)(
	'%s: a mail leaves from the linked mailbox',
	async (application) => {
		const { items, error } = await linked.run({
			application,
			parameters: {
				...WELCOME,
				to: '"Müller, Jörg" <joerg@contoso.example>; zoë@contoso.example',
				options: {
					cc: 'Team 🎉 <team@contoso.example>, ZOË@contoso.example',
					bcc: 'audit@contoso.example',
					replyTo: 'hr@contoso.example',
					importance: 'high',
					saveToSentItems: false,
				},
			},
			items: hires(1),
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			status: 'accepted',
			to: ['joerg@contoso.example', 'zoë@contoso.example'],
			cc: ['team@contoso.example'],
			bcc: ['audit@contoso.example'],
			attempts: 1,
		});
		expect(linked.sandbox.outbox).toHaveLength(1);
		expect(linked.sandbox.outbox[0]).toMatchObject({
			mailbox: 'adele.vance@contoso.example',
			saveToSentItems: false,
			clientRequestId: items[0]?.json.clientRequestId,
			requestId: items[0]?.json.requestId,
			message: {
				importance: 'high',
				toRecipients: [
					{ emailAddress: { name: 'Müller, Jörg', address: 'joerg@contoso.example' } },
					{ emailAddress: { address: 'zoë@contoso.example' } },
				],
				ccRecipients: [{ emailAddress: { name: 'Team 🎉', address: 'team@contoso.example' } }],
			},
		});
	},
);

test('an array from an expression is a list of recipients', async () => {
	const { error } = await linked.run({
		parameters: {
			...WELCOME,
			to: '={{ [{ name: "Doe, Jane", address: "jane@contoso.example" }, "sam@contoso.example"] }}',
		},
		items: hires(1),
	});
	expect(error).toBeUndefined();
	expect(linked.sandbox.outbox[0]?.message.toRecipients).toEqual([
		{ emailAddress: { name: 'Doe, Jane', address: 'jane@contoso.example' } },
		{ emailAddress: { address: 'sam@contoso.example' } },
	]);
});

test('a token that expires in a run of 50 mails costs one refresh and no mail', async () => {
	const { sandbox, store } = linked;
	const updatesBefore = store.tokenUpdates;
	// The token ends when the twentieth mail is asked for: that request is answered 401.
	const push = sandbox.outbox.push.bind(sandbox.outbox);
	sandbox.outbox.push = (...mails) => {
		const length = push(...mails);
		if (length === 20) sandbox.expireAccessTokens();
		return length;
	};
	const { items, error } = await linked.run({ parameters: WELCOME, items: hires(50) });
	sandbox.outbox.push = push;

	expect(error).toBeUndefined();
	expect(items.map(({ json, pairedItem }) => [json.to, pairedItem])).toEqual(
		hires(50).map(({ json }, item) => [[json.address], { item }]),
	);
	expect(subjectsInOutbox()).toEqual(subjectsOf(50));
	expect(sandbox.counters.tokenRefreshes).toBe(1);
	expect(store.tokenUpdates - updatesBefore).toBe(1);
});

test('bad input of one item stops the run before anything leaves, and every bad entry is named', async () => {
	const items = hires(3);
	items[1]!.json.address = 'jane(at)example.com, "open <x@y.example>';
	const { error } = await linked.run({ parameters: WELCOME, items });
	expect(error?.message).toContain('To, entry 1');
	expect(error?.description).toContain('To, entry 2');
	expect(error?.context?.itemIndex).toBe(1);
	expect(linked.sandbox.requests.filter(({ host }) => host === 'graph')).toEqual([]);
});

test('with Continue on Fail every item has its own outcome and the others go on', async () => {
	const items = hires(3);
	items[1]!.json.address = 'nobody';
	const result = await linked.run({
		parameters: WELCOME,
		items,
		onError: 'continueRegularOutput',
	});
	expect(result.error).toBeUndefined();
	expect(result.items.map(({ json }) => json.status ?? json.error)).toEqual([
		'accepted',
		expect.stringContaining('To, entry 1'),
		'accepted',
	]);
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	expect(linked.sandbox.outbox).toHaveLength(2);
});

test('Retry On Fail with Continue on Fail sends no accepted mail again', async () => {
	const items = hires(3);
	items[0]!.json.address = 'nobody';
	const result = await linked.run({
		parameters: WELCOME,
		items,
		onError: 'continueRegularOutput',
		retryOnFail: true,
	});
	expect(result.items[0]?.json.error).toContain('To, entry 1');
	expect(subjectsInOutbox()).toEqual(['Welcome, Hire 2', 'Welcome, Hire 3']);
});

test('a refusal in the middle says how many emails were accepted and which were not tried', async () => {
	linked.sandbox.faults.switchOn('quota507', { after: 5, times: 1 });
	const { error } = await linked.run({ parameters: WELCOME, items: hires(40) });
	const accepted = linked.sandbox.outbox.length;
	expect(error?.message).toContain("The sender's mailbox is full");
	expect(error?.description).toContain(`${accepted} of 40 emails were accepted.`);
	expect(error?.description).toContain('Not tried: items');
	expect(accepted).toBeLessThan(10);
});

test('no items, no requests', async () => {
	const { items, error } = await linked.run({ parameters: WELCOME, items: [] });
	expect([items, error, linked.sandbox.requests.length]).toEqual([[], undefined, 0]);
});

test('500 recipients go in one mail, 501 are refused before anything leaves', async () => {
	const list = (count: number) =>
		Array.from({ length: count }, (_, index) => `r${index}@contoso.example`).join('; ');
	const good = await linked.run({ parameters: { ...WELCOME, to: list(500) }, items: hires(1) });
	expect(good.error).toBeUndefined();
	expect(linked.sandbox.outbox[0]?.message.toRecipients).toHaveLength(500);
	const bad = await linked.run({ parameters: { ...WELCOME, to: list(501) }, items: hires(1) });
	expect(bad.error?.message).toContain('501');
	expect(linked.sandbox.outbox).toHaveLength(1);
});

test('what is suspicious about a mail that goes stands beside the output', async () => {
	const { items, hints } = await linked.run({
		parameters: { ...WELCOME, bodyType: 'html', body: 'Dear colleague,\nwelcome.' },
		items: hires(2),
	});
	expect(items.map(({ json }) => json.status)).toEqual(['accepted', 'accepted']);
	expect(hints).toEqual([
		expect.objectContaining({
			message: expect.stringMatching(/^Body \(2 items, the first is 0\): .*write &#60;br&#62;/),
		}),
	]);
});

/** Keeps this process busy as an expression that is costly does, in milliseconds. */
function compute(milliseconds: number): void {
	const end = performance.now() + milliseconds;
	while (performance.now() < end);
}

test('with Continue on Fail the first emails leave while later items are read', async () => {
	const items = hires(40);
	const unread: number[] = [];
	// What an expression sees when it is read: how many emails have left.
	const { outbox } = linked.sandbox;
	for (const [index, { json }] of items.entries()) {
		Object.defineProperty(json, 'name', {
			enumerable: true,
			get: () => {
				compute(21);
				if (index === items.length - 1) unread.push(outbox.length);
				return `Hire ${index + 1}`;
			},
		});
	}
	const result = await linked.run({
		parameters: { ...WELCOME, to: '={{ $json.address }}' },
		items,
		onError: 'continueRegularOutput',
	});
	expect(result.items.map(({ json }) => json.status)).toEqual(items.map(() => 'accepted'));
	expect(outbox).toHaveLength(40);
	expect(Math.max(...unread)).toBeGreaterThan(0);
});

test.each([
	['with a copy', {}, 'Check Sent Items'],
	['without a copy', { saveToSentItems: false }, 'Exchange administrator for a message trace'],
	['that is deferred', { deferUntil: '2126-11-23T07:00:00Z' }, 'waits in Drafts or in the Outbox'],
])('an unknown email %s says where it can be found', async (_name, options, advice) => {
	linked.sandbox.faults.switchOn('gateway504AfterTaken', { times: 1 });
	const { error } = await linked.run({ parameters: { ...WELCOME, options }, items: hires(1) });
	expect(error?.code).toBe('unknownOutcome');
	expect(error?.description).toContain(advice);
});

test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
	'%s: what nobody expected to throw fails every item, none leaves as sent',
	async (onError) => {
		const nodeType = Object.assign(new SendOutlookMail(), {
			async execute(this: IExecuteFunctions) {
				const unexpected = () => {
					throw new Error('Nobody expected this');
				};
				const context = Object.create(this, {
					getExecutionCancelSignal: { value: unexpected },
				}) as IExecuteFunctions;
				return await new SendOutlookMail().execute.call(context);
			},
		});
		const { error, run } = await linked.run({
			parameters: WELCOME,
			items: hires(2),
			onError,
			nodeType,
		});
		const { main } = run.data.resultData.runData['Send Outlook Mail']![0]!.data!;
		const failed = onError === 'continueErrorOutput' ? main![1]! : main![0]!;
		expect(error).toBeUndefined();
		expect(failed.map(({ json }) => json.error)).toEqual([expect.any(String), expect.any(String)]);
	},
);
