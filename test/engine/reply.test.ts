import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { installDeduplicationStore } from '#tools/engine/deduplicationStore';
import { startLinkedSandbox, type LinkedSandbox } from '#tools/engine/linkedSandbox';

describe('Reply or Forward', () => {
	let linked: LinkedSandbox;
	let id: string;

	beforeAll(async () => {
		await installDeduplicationStore();
		linked = await startLinkedSandbox();
	});
	beforeEach(() => {
		linked.sandbox.reset();
		id = linked.sandbox.receive({
			mailbox: linked.sandbox.directory.accounts.adele.userPrincipalName,
			from: 'sam@contoso.example',
			to: ['it@contoso.example'],
			cc: ['boss@contoso.example'],
			subject: 'New laptop',
			body: '<p>Please send one.</p>',
		});
	});
	afterAll(async () => await linked.sandbox.close());

	async function answer(parameters: IDataObject = {}, items?: INodeExecutionData[]) {
		return await linked.run({
			items: items ?? [{ json: { id } }],
			parameters: {
				operation: 'reply',
				messageId: '={{ $json.id }}',
				bodyType: 'html',
				body: '<p>It is on its <b>way</b>.</p>',
				...parameters,
			},
		});
	}

	const addresses = (list: unknown) =>
		((list ?? []) as Array<{ emailAddress: { address: string } }>).map(
			({ emailAddress }) => emailAddress.address,
		);

	it.each([
		[{ replyMode: '../../sendMail' }, 'Reply Mode'],
		[{ replyMode: ['reply'] }, 'Reply Mode'],
		[{ messageId: '..' }, 'Message ID'],
	])('refuses %j, which would lead to another address of Graph', async (parameters, field) => {
		const { error } = await answer(parameters);
		expect(error?.message).toContain(field);
		expect(linked.sandbox.outbox).toEqual([]);
	});

	it.each([
		['reply', ['sam@contoso.example'], []],
		['replyAll', ['sam@contoso.example', 'it@contoso.example'], ['boss@contoso.example']],
		['forward', ['help@contoso.example'], []],
	])('sends a %s in one request with Mail.Send, and keeps the history', async (mode, to, cc) => {
		const { items, error } = await answer({
			replyMode: mode,
			...(mode === 'forward' ? { to: 'help@contoso.example' } : {}),
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ status: 'accepted', attempts: 1 });
		const [mail] = linked.sandbox.outbox;
		expect(mail).toMatchObject({ via: mode, answers: id });
		expect(addresses(mail?.message.toRecipients)).toEqual(to);
		expect(addresses(mail?.message.ccRecipients)).toEqual(cc);
		expect(mail?.message.subject).toMatch(/^(?:RE|FW): New laptop$/);
		expect(mail?.message.body?.content).toMatch(/<b>way<\/b>.*Please send one/);
		const graphRequests = linked.sandbox.requests.filter(({ host }) => host === 'graph');
		expect(graphRequests).toHaveLength(1);
	});

	it('keeps the lines and signs of a text', async () => {
		await answer({ bodyType: 'text', body: 'a < b\nc' });
		expect(linked.sandbox.outbox[0]?.message.body?.content).toMatch(/^a &lt; b<br>c<hr>/);
	});

	it('carries files within the limit of the request', async () => {
		const data = Buffer.from('%PDF').toString('base64');
		const binary = { guide: { data, mimeType: 'application/pdf', fileName: 'guide.pdf' } };
		await answer({ options: { attachments: 'guide' } }, [{ json: { id }, binary }]);
		expect(linked.sandbox.outbox[0]?.attachments).toMatchObject([{ name: 'guide.pdf', size: 4 }]);
	});

	it('answers once for each Send Once Key', async () => {
		const options = { sendOnceKey: '={{ $json.id }}' };
		await answer({ options });
		expect((await answer({ options })).items[0]?.json.status).toBe('alreadySent');
		expect(linked.sandbox.outbox).toHaveLength(1);
	});

	it('does not repeat an unknown outcome', async () => {
		linked.sandbox.faults.switchOn('gateway504AfterTaken', { times: 1 });
		expect((await answer()).error?.message).toMatch(/unknown/);
		expect(linked.sandbox.outbox).toHaveLength(1);
	});

	it.each<[string, IDataObject, RegExp]>([
		['an empty ID', { messageId: '={{ "" }}' }, /^Message ID: There is no message ID/],
		[
			'a Message-ID header',
			{ messageId: '<abc@contoso.example>' },
			/^Message ID: .*Message-ID header/,
		],
		['forwarding to nobody', { replyMode: 'forward', to: '={{ "" }}' }, /^To/],
		[
			'a reply to unknown people while a list is in force',
			{ options: { allowedRecipients: 'contoso.example' } },
			/^Reply Mode: A list of allowed recipients is in force/,
		],
		[
			'forwarding to somebody who is not on the list',
			{
				replyMode: 'forward',
				to: 'x@evil.example',
				options: { allowedRecipients: 'contoso.example' },
			},
			/^To: /,
		],
	])('refuses %s before anything leaves', async (_name, parameters, message) => {
		const { error } = await answer(parameters);
		expect(error?.message).toMatch(message);
		expect(linked.sandbox.requests.filter(({ host }) => host === 'graph')).toHaveLength(0);
	});

	it('says that the message is not in the mailbox', async () => {
		const { error } = await answer({ messageId: `AAMk${'x'.repeat(60)}=` });
		expect(error?.code).toBe('ErrorItemNotFound');
		expect(error?.message).toContain('not in the mailbox');
		expect(linked.sandbox.outbox).toHaveLength(0);
	});
});

describe('A reply while a list of allowed recipients is in force, with Mail.ReadWrite', () => {
	let linked: LinkedSandbox;
	beforeAll(async () => {
		linked = await startLinkedSandbox({}, ['Mail.ReadWrite']);
	});
	beforeEach(() => linked.sandbox.reset());
	afterAll(async () => await linked.sandbox.close());

	async function replyWithList(allowedRecipients: string, replyMode: string) {
		const id = linked.sandbox.receive({
			mailbox: linked.sandbox.directory.accounts.adele.userPrincipalName,
			from: 'sam@contoso.example',
			to: ['it@contoso.example'],
			cc: ['boss@fabrikam.example'],
			subject: 'New laptop',
			body: '<p>Please send one.</p>',
		});
		return await linked.run({
			items: [{ json: { id } }],
			parameters: {
				operation: 'reply',
				replyMode,
				messageId: '={{ $json.id }}',
				bodyType: 'html',
				body: '<p>Soon.</p>',
				options: { allowedRecipients },
			},
		});
	}
	const left = () =>
		linked.sandbox.requests.filter(
			({ method, path }) => method === 'DELETE' && /messages/.test(path),
		);

	it('is sent as a draft whose recipients are all allowed', async () => {
		const { items, error } = await replyWithList('contoso.example', 'reply');
		expect(error).toBeUndefined();
		expect(items[0]?.json.status).toBe('accepted');
		expect(linked.sandbox.outbox).toHaveLength(1);
	});

	it('is refused where the original names someone else, and its draft is removed', async () => {
		const { error } = await replyWithList('contoso.example', 'replyAll');
		expect(error?.message).toContain('boss@fabrikam.example');
		expect(linked.sandbox.outbox).toEqual([]);
		expect(left()).toHaveLength(1);
	});
});

describe('An answer above the limit of a request', () => {
	it('is a draft that is filled and sent, with Mail.ReadWrite', async () => {
		const linked = await startLinkedSandbox({}, ['Mail.ReadWrite']);
		try {
			const id = linked.sandbox.receive({
				mailbox: linked.sandbox.directory.accounts.adele.userPrincipalName,
				from: 'sam@contoso.example',
				subject: 'New laptop',
				body: '<p>Please send one.</p>',
			});
			const data = Buffer.alloc(4_000_000, 'x').toString('base64');
			const { items, error } = await linked.run({
				items: [
					{ json: {}, binary: { big: { data, mimeType: 'text/plain', fileName: 'big.txt' } } },
				],
				parameters: {
					operation: 'reply',
					messageId: id,
					bodyType: 'text',
					body: 'Here it is.',
					options: { attachments: 'big' },
				},
			});
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ status: 'accepted', messageId: expect.any(String) });
			expect(linked.sandbox.outbox).toMatchObject([
				{ via: 'draft', answers: id, attachments: [{ size: 4_000_000 }] },
			]);
			expect(linked.sandbox.outbox[0]?.message.body?.content).toMatch(
				/Here it is.*Please send one/,
			);
		} finally {
			await linked.sandbox.close();
		}
	});
});
