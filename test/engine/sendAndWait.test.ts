import {
	NodeHelpers,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeParameters,
} from 'n8n-workflow';
import { SendOutlookMail } from '#node/SendOutlookMail.node';
import {
	installDeduplicationStore,
	type DeduplicationStore,
} from '#tools/engine/deduplicationStore';
import { hires, startLinkedSandbox, type LinkedSandbox } from '#tools/engine/linkedSandbox';
import { runWorkflow, type WorkflowInput } from '#tools/engine/runWorkflow';

/** The node in an n8n before 1.107, which signs no links. */
class NodeInOlderHost extends SendOutlookMail {
	override async execute(this: IExecuteFunctions) {
		const context = Object.create(this, {
			getSignedResumeUrl: { value: undefined },
		}) as IExecuteFunctions;
		return await new SendOutlookMail().execute.call(context);
	}
}

const QUESTION = {
	operation: 'sendAndWait',
	to: 'Ann <ann@contoso.example>, bob@contoso.example',
	subject: '=Access for {{ $json.name }}',
	message: 'Does **Sam** need payroll?',
};

describe('Send and Wait for Response', () => {
	let linked: LinkedSandbox;
	let store: DeduplicationStore;

	beforeAll(async () => {
		store = await installDeduplicationStore();
		linked = await startLinkedSandbox();
	});
	beforeEach(() => linked.sandbox.reset());
	afterAll(async () => await linked.sandbox.close());

	async function ask(parameters: IDataObject = {}, input: Partial<WorkflowInput> = {}) {
		return await linked.run({
			items: hires(1),
			...input,
			parameters: { ...QUESTION, ...parameters },
		});
	}

	/** What n8n passes on at the deadline. */
	function itemsThatWait({ run }: Awaited<ReturnType<typeof ask>>): INodeExecutionData[] {
		return run.data.executionData?.nodeExecutionStack[0]?.data.main?.[0] ?? [];
	}

	const outbox = () => linked.sandbox.outbox;

	it('sends each person an email of their own and waits', async () => {
		const result = await ask();
		expect(result.error).toBeUndefined();
		expect(result.run.waitTill?.getFullYear()).toBe(3000);
		expect(outbox().map(({ message }) => message.toRecipients?.[0]?.emailAddress)).toEqual(
			expect.arrayContaining([
				{ name: 'Ann', address: 'ann@contoso.example' },
				{ address: 'bob@contoso.example' },
			]),
		);
		const links = outbox().flatMap(({ message }) => [
			...message.body!.content!.matchAll(/person=(\d)/g),
		]);
		expect(links.map(([, person]) => person).sort()).toEqual(['1', '1', '2', '2']);
		expect(itemsThatWait(result)[0]?.json).toEqual(hires(1)[0]!.json);
	});

	it('lets n8n pass on noAnswer at the deadline, and leaves the items before as they are', async () => {
		const result = await ask({ deadline: { within: { amount: 2, unit: 'hours' } } });
		expect(result.run.waitTill!.getTime() - Date.now()).toBeGreaterThan(7_100_000);
		expect(itemsThatWait(result)[0]?.json).toMatchObject({
			status: 'noAnswer',
			approved: null,
			asked: [
				{ email: 'ann@contoso.example', status: 'accepted' },
				{ email: 'bob@contoso.example', status: 'accepted' },
			],
			chatInput: 'Nobody answered in time, so this is not approved.',
		});
		const before = result.run.data.resultData.runData.Items?.[0]?.data?.main?.[0]?.[0]?.json;
		expect(before).toEqual(hires(1)[0]!.json);
	});

	it('sends a copy without links to CC, and nobody gets BCC', async () => {
		await ask({ options: { cc: 'hr@contoso.example', language: 'de' } });
		expect(outbox()).toHaveLength(3);
		const copy = outbox().find(
			({ message }) => message.toRecipients?.[0]?.emailAddress?.address === 'hr@contoso.example',
		);
		expect(copy?.message.body?.content).not.toContain('href');
		expect(copy?.message.body?.content).toContain('Zur Information');
		for (const { message } of outbox()) expect(message.ccRecipients ?? []).toEqual([]);
	});

	it.each([
		['markdown', 'a **b**\nc <i>', /a <strong>b<\/strong><br>\s*c &lt;i&gt;/],
		['text', 'a **b**\nc <i>', /a \*\*b\*\*<br>c &lt;i&gt;/],
		['html', '<p class="x">a</p>', /<p class="x">a<\/p>/],
	])('shows a message in %s', async (messageType, message, html) => {
		await ask({ messageType, message });
		expect(outbox()[0]?.message.body?.contentType).toBe('html');
		expect(outbox()[0]?.message.body?.content).toMatch(html);
	});

	it('waits when one email is accepted and another is refused', async () => {
		linked.sandbox.faults.switchOn('quota507', { times: 1 });
		const result = await ask({ deadline: { within: { amount: 2, unit: 'hours' } } });
		expect(result.error).toBeUndefined();
		const { asked } = itemsThatWait(result)[0]!.json as { asked: Array<{ status: string }> };
		expect(asked.map(({ status }) => status).sort()).toEqual(['accepted', 'failed']);
	});

	it('waits when it is not known whether an email left', async () => {
		linked.sandbox.faults.switchOn('gateway504AfterTaken', { times: 1 });
		const result = await ask({
			to: 'ann@contoso.example',
			deadline: { within: { amount: 2, unit: 'hours' } },
		});
		expect(itemsThatWait(result)[0]!.json).toMatchObject({ asked: [{ status: 'unknown' }] });
	});

	it('fails when nobody could be asked', async () => {
		linked.sandbox.faults.switchOn('quota507', { times: 2 });
		const result = await ask();
		expect(result.run.waitTill).toBeUndefined();
		expect(result.error?.code).toBe('ErrorQuotaExceeded');
	});

	it('asks once for each Send Once Key, and goes on at once after that', async () => {
		const options = { sendOnceKey: 'sam' };
		expect((await ask({ options })).run.waitTill).toBeDefined();
		const again = await ask({ options });
		expect(again.run.waitTill).toBeUndefined();
		expect(again.items[0]?.json).toMatchObject({ status: 'alreadySent', approved: null });
		expect(outbox()).toHaveLength(2);
	});

	it('waits for the people who were asked although the key could not be stored', async () => {
		let writes = 0;
		store.onCall = (method) => {
			if (method === 'checkProcessedAndRecord' && ++writes > 1) throw new Error('locked');
		};
		const result = await ask({ options: { sendOnceKey: 'kim' } });
		store.onCall = undefined;
		expect(result.error).toBeUndefined();
		expect(result.run.waitTill).toBeDefined();
		expect(outbox()).toHaveLength(2);
		expect(JSON.stringify(result.hints)).toContain('could not store the outcome');
	});

	it.each<[string, IDataObject, Partial<WorkflowInput>, RegExp]>([
		['two items', {}, { items: hires(2) }, /one question only/],
		['nobody to ask', { to: '={{ "" }}' }, {}, /^To/],
		['an empty message', { message: ' ' }, {}, /^Message: The message is empty/],
		['a deadline of zero', { deadline: { within: { amount: 0, unit: 'days' } } }, {}, /^Deadline/],
		['a refused address', { to: 'ann' }, {}, /^To/],
		[
			'a person who is not on the list',
			{ options: { allowedRecipients: 'ann@contoso.example' } },
			{},
			/^To: .*allowed recipients.*\(bob@contoso.example\)/,
		],
		[
			'a copy to somebody who is not on the list',
			{ options: { allowedRecipients: 'contoso.example', cc: 'x@evil.example' } },
			{},
			/^CC: .*allowed recipients/,
		],
		['an empty key', { options: { sendOnceKey: '' } }, {}, /^Send Once Key/],
	])('refuses %s before anything leaves', async (_name, parameters, input, message) => {
		const { error, run } = await ask(parameters, input);
		expect(error?.message).toMatch(message);
		expect(error?.description).toBeTruthy();
		expect(run.waitTill).toBeUndefined();
		expect(outbox()).toHaveLength(0);
	});

	it('refuses an n8n that signs no links', async () => {
		const { error } = await ask({}, { nodeType: new NodeInOlderHost() });
		expect(error?.code).toBe('hostTooOld');
		expect(error?.description).toContain('1.107');
		expect(outbox()).toHaveLength(0);
	});

	it('outputs the refusal as an item where the designer chose to continue', async () => {
		const { items, run } = await ask({ to: 'ann' }, { onError: 'continueRegularOutput' });
		expect(items[0]?.json).toMatchObject({ details: { code: 'invalidInput' } });
		expect(run.waitTill).toBeUndefined();
	});

	it('warns when the links lead to this computer only', async () => {
		expect(JSON.stringify((await ask()).hints)).toContain('WEBHOOK_URL');
	});

	describe('with Preview Only', () => {
		const PREVIEW = { to: QUESTION.to, confirmation: 'code', options: { previewOnly: true } };
		const shown = (item: INodeExecutionData | undefined, field: string) =>
			Buffer.from(item?.binary?.[field]?.data ?? '', 'base64').toString();

		/** Without an account: nothing is linked, so nothing can be reached. */
		async function preview(parameters: IDataObject = {}, input: Partial<WorkflowInput> = {}) {
			const result = await runWorkflow({
				store: linked.store,
				items: hires(1),
				...input,
				parameters: { ...QUESTION, ...PREVIEW, ...parameters },
			});
			expect(result.run.waitTill).toBeUndefined();
			expect(linked.sandbox.requests).toEqual([]);
			return result;
		}

		it('shows the email and the page, asks nobody and goes on', async () => {
			const file = { data: 'eA==', mimeType: 'text/plain', fileName: 'a.txt' };
			const { items, error, hints } = await preview(
				{ options: { previewOnly: true, attachments: '*' } },
				{ items: [{ json: { name: 'Sam' }, binary: { file } }] },
			);
			expect(error).toBeUndefined();
			expect(items).toEqual([
				{
					json: {
						status: 'preview',
						approved: null,
						asked: [
							{ email: 'ann@contoso.example', status: 'notTried' },
							{ email: 'bob@contoso.example', status: 'notTried' },
						],
						chatInput: expect.stringContaining('not approved'),
						canBeSent: true,
						subject: 'Access for Sam',
					},
					binary: {
						file,
						preview: expect.objectContaining({ fileName: 'email.html', fileType: 'html' }),
						page: expect.objectContaining({ fileName: 'page.html', fileType: 'html' }),
					},
					pairedItem: { item: 0 },
				},
			]);
			const email = shown(items[0], 'preview');
			expect(email).toContain('Ann &lt;ann@contoso.example&gt;');
			expect(email).toContain('<strong>Sam</strong>');
			expect(email).toContain('Decline');
			expect(email).toMatch(/The page asks for this code: \d{6}/);
			expect(email).toContain('a.txt (1 byte)');
			expect(email).not.toContain('href=');
			expect(email).not.toMatch(/<[^>]*style=[^>]*style=/);
			const page = shown(items[0], 'page');
			expect(page).toContain('<h1>Access for Sam</h1>');
			expect(page).toContain('Code from the email');
			expect(page).toContain('<p class="choice"><span>○</span><span dir="auto">Approve</span></p>');
			expect(page).toContain('<p class="button">Send answer</p>');
			// What n8n's viewer drops, and what could send something.
			expect(page).not.toMatch(/<(?:script|form|fieldset|legend|label|input|textarea|button)/);
			expect(JSON.stringify(hints)).toContain('nobody was asked');
			const again = await preview(
				{ options: { previewOnly: true, attachments: '*' } },
				{ items: [{ json: { name: 'Sam' }, binary: items[0]!.binary! }] },
			);
			expect(shown(again.items[0], 'preview')).not.toContain('page.html');
		});

		it.each<[string, IDataObject, Partial<WorkflowInput>, RegExp]>([
			['a refused address', { to: 'ann' }, {}, /address/],
			['an empty message', { message: ' ' }, {}, /The message is empty/],
			['two items', {}, { items: hires(2) }, /one question only/],
			['a deadline of zero', { deadline: { within: { amount: 0 } } }, {}, /The deadline is not/],
			['an expression', { subject: '={{ $json.a.b.c }}{{ nothing( }}' }, {}, /./],
		])('lists %s and does not fail', async (_name, parameters, input, cause) => {
			const { items, error } = await preview(parameters, input);
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(items[0]!.json).toMatchObject({
				status: 'preview',
				canBeSent: false,
				refusals: expect.arrayContaining([
					expect.objectContaining({ cause: expect.stringMatching(cause) }),
				]),
			});
			expect(shown(items[0], 'preview')).toContain("Can't be sent");
		});

		it('needs no credential, which sending does', () => {
			const node = { typeVersion: 1 };
			const { description } = new SendOutlookMail();
			const required = (options: IDataObject) =>
				description
					.credentials!.filter((credential) =>
						NodeHelpers.displayParameter(
							{ application: 'customer', operation: 'sendAndWait', options } as INodeParameters,
							credential,
							node,
							description,
						),
					)
					.map(({ name }) => name);
			expect(required({})).toEqual(['customerOutlookOAuth2Api']);
			expect(required({ previewOnly: false })).toEqual(['customerOutlookOAuth2Api']);
			expect(required({ previewOnly: true })).toEqual([]);
		});
	});

	it('asks nobody twice with Retry On Fail', async () => {
		linked.sandbox.faults.switchOn('quota507', { times: 2 });
		const { run, error } = await ask({}, { retryOnFail: true });
		expect(error).toBeUndefined();
		expect(run.waitTill).toBeDefined();
		expect(outbox()).toHaveLength(2);
	});

	it('keeps no row for a question that nobody has answered', async () => {
		store.rows.clear();
		await ask();
		expect(store.rows.size).toBe(0);
	});
});
