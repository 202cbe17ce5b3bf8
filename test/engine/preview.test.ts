import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { CredentialStore } from '#tools/engine/credentialStore';
import { runWorkflow } from '#tools/engine/runWorkflow';

// Nothing is linked and nothing listens: `test/setup.ts` lets no request out of this machine.
const store = new CredentialStore();

const MAIL = {
	operation: 'preview',
	to: '"Doe, Jane" <jane@contoso.example>; JANE@contoso.example',
	subject: 'Welcome',
	bodyType: 'html',
	body: '<p><img src="cid:logo"> Hello</p>',
};

const binary = (size: number, fileName: string, mimeType: string): IBinaryData => ({
	data: Buffer.alloc(size, 'x').toString('base64'),
	mimeType,
	fileName,
});

const preview = async (
	parameters: IDataObject,
	files: Record<string, IBinaryData> = {},
	application: 'roboMq' | 'customer' = 'customer',
) => {
	const { items, error } = await runWorkflow({
		store,
		application,
		parameters: { ...MAIL, ...parameters },
		items: [{ json: {}, binary: files }],
	});
	expect(error).toBeUndefined();
	expect(items).toHaveLength(1);
	expect(items[0]?.pairedItem).toEqual({ item: 0 });
	// The node after it can send what was previewed.
	const { preview: page, ...kept } = items[0]!.binary!;
	expect(kept).toEqual(files);
	expect(page).toMatchObject({ fileName: 'email.html', mimeType: 'text/plain', fileType: 'html' });
	return items[0]!.json as IDataObject & {
		refusals: IDataObject[];
		warnings: IDataObject[];
		attachments: IDataObject[];
	};
};

test('a preview refuses a Send Once Key that sending refuses', async () => {
	expect(await preview({ body: 'Hello', options: { sendOnceKey: ' ' } })).toMatchObject({
		canBeSent: false,
		refusals: [{ parameter: 'sendOnceKey', cause: 'The key is empty' }],
	});
});

test('a preview shows the message, its size and how its files travel', async () => {
	const shown = await preview(
		{ options: { attachments: '*', cc: 'sam@contoso.example', importance: 'high' } },
		{
			logo: binary(100, 'logo.png', 'image/png'),
			contract: binary(1000, 'contract.pdf', 'application/pdf'),
		},
	);
	expect(shown).toMatchObject({
		canBeSent: true,
		warnings: [{ parameter: 'to', text: expect.stringContaining('twice') }],
		to: ['jane@contoso.example'],
		cc: ['sam@contoso.example'],
		subject: 'Welcome',
		saveToSentItems: true,
		route: 'sendMail',
		permissions: ['Mail.Send'],
		message: {
			subject: 'Welcome',
			body: { contentType: 'html', content: MAIL.body },
			toRecipients: [{ emailAddress: { address: 'jane@contoso.example', name: 'Doe, Jane' } }],
			ccRecipients: [{ emailAddress: { address: 'sam@contoso.example' } }],
			importance: 'high',
		},
		attachments: [
			{
				field: 'logo',
				name: 'logo.png',
				contentType: 'image/png',
				size: 100,
				place: 'inline',
				contentId: 'logo',
				travels: 'inRequest',
			},
			{ field: 'contract', place: 'attached', travels: 'inRequest' },
		],
	});
	const files = (
		shown.attachments as Array<{ name: string; contentType: string; size: number }>
	).map(({ name, contentType, size }, index) => ({
		'@odata.type': '#microsoft.graph.fileAttachment',
		name,
		contentType,
		...(index === 0 ? { isInline: true, contentId: 'logo' } : {}),
		contentBytes: Buffer.alloc(size, 'x').toString('base64'),
	}));
	expect(shown).not.toHaveProperty('refusals');
	expect(shown).not.toHaveProperty('bcc');
	expect(shown.requestBytes).toBe(
		JSON.stringify({
			message: { ...(shown.message as object), attachments: files },
			saveToSentItems: true,
		}).length,
	);
});

test('what cannot be sent is listed, not thrown', async () => {
	const many = Array.from({ length: 501 }, (_, index) => `p${index}@contoso.example`);
	const shown = await preview({
		to: many,
		subject: 'two\nlines',
		options: { attachments: 'nothing', importance: 'urgent' },
	});
	expect(shown.canBeSent).toBe(false);
	expect(shown.refusals.map(({ parameter }) => parameter)).toEqual([
		'to',
		'subject',
		'importance',
		'attachments',
		'body',
	]);
	expect(shown.message).toBeUndefined();
});

test('an expression that cannot be computed is listed too', async () => {
	const shown = await preview({ subject: '={{ $json.name.first }}{{ nothing( }}' });
	expect(shown).toMatchObject({ canBeSent: false, refusals: [{ cause: expect.any(String) }] });
});

const LARGE = { film: binary(5 * 1024 * 1024, 'film.mp4', 'video/mp4') };

test('a large mail says which permission it will need', async () => {
	const shown = await preview(
		{ body: 'Hello', options: { attachments: '*', from: 'hr@contoso.example' } },
		{ ...LARGE, letter: binary(10, 'letter.txt', 'text/plain') },
	);
	expect(shown).toMatchObject({
		canBeSent: true,
		route: 'draft',
		permissions: ['Mail.Send', 'Mail.ReadWrite', 'Mail.Send.Shared'],
		attachments: [{ travels: 'ownRequest' }, { travels: 'uploadSession' }],
	});
});

test('the RoboMQ application never has that permission', async () => {
	const shown = await preview(
		{ body: 'Hello', options: { attachments: '*', from: 'hr@contoso.example' } },
		LARGE,
		'roboMq',
	);
	expect(shown.canBeSent).toBe(false);
	expect(shown.refusals).toMatchObject([
		{ parameter: 'from', remedy: expect.stringContaining('customer-owned application') },
		{ parameter: 'attachments', cause: expect.stringContaining('film.mp4 5.0 MB') },
	]);
});

test('a preview warns that a model can write to anyone', async () => {
	const to = "={{ $fromAI('To', ``, 'string', 'jane@contoso.example') }}";
	const { warnings } = await preview({ to });
	expect(warnings).toEqual([
		expect.objectContaining({ field: 'Allowed Recipients', parameter: 'allowedRecipients' }),
	]);
	const guarded = await preview({ to, options: { allowedRecipients: 'contoso.example' } });
	expect(guarded.warnings).toBeUndefined();
});

test('a preview has the email as a page, with its images, and is no attachment of the email', async () => {
	const { items } = await runWorkflow({
		store,
		application: 'customer',
		parameters: {
			...MAIL,
			bodyType: 'markdown',
			body: '![Logo](cid:logo)\n\n**Hello** <script>alert(1)</script>',
			options: { attachments: '*' },
		},
		items: [{ json: {}, binary: { logo: binary(3, 'logo.png', 'image/png') } }],
	});
	const page = Buffer.from(items[0]!.binary!.preview!.data, 'base64').toString();
	expect(page).toContain('<img src="data:image/png;base64,eHh4" alt="[Logo: logo.png (3 bytes)]"');
	expect(page).toMatch(/<strong>Hello<\/strong> &lt;script&gt;/);
	const again = await runWorkflow({
		store,
		application: 'customer',
		parameters: { ...MAIL, body: '<img src="cid:logo">', options: { attachments: '*' } },
		items: [{ json: {}, binary: items[0]!.binary! }],
	});
	expect(again.items[0]!.json.attachments).toEqual([
		expect.objectContaining({ field: 'logo', place: 'inline' }),
	]);
});
