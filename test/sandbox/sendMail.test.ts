import { startSandbox, type Sandbox } from '#sandbox/index';
import { callGraph, connect, mailTo } from './client';

let sandbox: Sandbox;
let token: string;
const MEGABYTE = 1024 * 1024;
const HIRE = 'new.hire@contoso.example';

beforeAll(async () => {
	sandbox = await startSandbox();
	token = await tokenOf('adele', 'Mail.Send Mail.Send.Shared offline_access');
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

async function tokenOf(name: keyof Sandbox['directory']['accounts'], scope: string) {
	const { apps, accounts } = sandbox.directory;
	return (await connect(sandbox, apps.roboMq, accounts[name].userPrincipalName, { scope }))
		.accessToken;
}

const send = async (body: unknown, own: object = {}) =>
	await callGraph(sandbox, '/v1.0/me/sendMail', { token, body, ...own });
const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		emailAddress: { address: `p${index}@contoso.example` },
	}));
const file = (own: object = {}) => ({
	'@odata.type': '#microsoft.graph.fileAttachment',
	name: 'a.txt',
	contentBytes: Buffer.from('hello').toString('base64'),
	...own,
});

test('accepts a mail with 202 and an empty body, and says which request it was', async () => {
	const clientRequestId = '6a0c7b9e-0000-4000-8000-000000000001';
	const response = await send(mailTo(HIRE), { headers: { 'client-request-id': clientRequestId } });

	expect(response).toMatchObject({ status: 202, text: '' });
	expect(response.headers.get('client-request-id')).toBe(clientRequestId);
	expect(response.headers.get('date')).toEqual(expect.any(String));
	expect(sandbox.outbox).toHaveLength(1);
	expect(sandbox.outbox[0]).toMatchObject({
		mailbox: 'adele.vance@contoso.example',
		sentFrom: { right: 'own' },
		via: 'sendMail',
		saveToSentItems: true,
		clientRequestId,
		requestId: response.headers.get('request-id'),
		message: mailTo(HIRE).message,
	});
});

test('takes everything that a message may carry', async () => {
	const body = mailTo(HIRE, {
		body: { contentType: 'HTML', content: '<img src="cid:logo">' },
		ccRecipients: people(1),
		bccRecipients: people(2),
		replyTo: people(1),
		importance: 'High',
		categories: ['Onboarding'],
		isReadReceiptRequested: true,
		isDeliveryReceiptRequested: true,
		internetMessageHeaders: [{ name: 'x-flow', value: 'onboarding' }],
		flag: {
			flagStatus: 'flagged',
			startDateTime: { dateTime: '2030-01-01T08:00:00', timeZone: 'UTC' },
			dueDateTime: { dateTime: '2030-01-02T08:00:00', timeZone: 'UTC' },
		},
		singleValueExtendedProperties: [
			{ id: 'SystemTime 0x3FEF', value: '2030-01-01T08:00:00Z' },
			{ id: 'Integer 0x36', value: '2' },
		],
		attachments: [file({ isInline: true, contentId: 'logo', contentType: 'image/png' })],
	});
	expect(await send({ ...body, saveToSentItems: false })).toMatchObject({ status: 202 });
	expect(sandbox.outbox[0]).toMatchObject({
		saveToSentItems: false,
		attachments: [
			{
				name: 'a.txt',
				size: 5,
				isInline: true,
				contentId: 'logo',
				sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
				content: Buffer.from('hello'),
			},
		],
	});
});

test.each<[string, unknown, number, string]>([
	['no JSON', '{"message"', 400, 'BadRequest'],
	['an unknown property', mailTo(HIRE, { subjekt: 'x' }), 400, 'RequestBodyRead'],
	['an unknown property beside it', { ...mailTo(HIRE), to: HIRE }, 400, 'RequestBodyRead'],
	['a property that only Graph sets', mailTo(HIRE, { isDraft: false }), 400, 'RequestBodyRead'],
	['a value of another type', mailTo(HIRE, { subject: 5 }), 400, 'UnableToDeserializePostBody'],
	['an unknown name', mailTo(HIRE, { importance: 'top' }), 400, 'UnableToDeserializePostBody'],
	['no message', {}, 400, 'UnableToDeserializePostBody'],
	['no recipients', mailTo(HIRE, { toRecipients: [] }), 400, 'ErrorInvalidRecipients'],
	['two addresses in one', mailTo('a@x.example, b@x.example'), 400, 'ErrorInvalidRecipients'],
	['an address without a domain', mailTo('adele'), 400, 'ErrorInvalidRecipients'],
	['an address with a name', mailTo('Adele <a@x.example>'), 400, 'ErrorInvalidRecipients'],
	['501 recipients', mailTo(HIRE, { ccRecipients: people(500) }), 400, 'ErrorInvalidRecipients'],
	[
		'a header without x-',
		mailTo(HIRE, { internetMessageHeaders: [{ name: 'Reply-To', value: 'a' }] }),
		400,
		'InvalidInternetMessageHeader',
	],
	[
		'six headers',
		mailTo(HIRE, {
			internetMessageHeaders: Array.from({ length: 6 }, (_, n) => ({ name: `x-${n}`, value: '' })),
		}),
		400,
		'InvalidInternetMessageHeaderCollection',
	],
	[
		'a due date without a start',
		mailTo(HIRE, {
			flag: { flagStatus: 'flagged', dueDateTime: { dateTime: '2030-01-02', timeZone: 'UTC' } },
		}),
		400,
		'ErrorInvalidRequest',
	],
	[
		'a property id of no known form',
		mailTo(HIRE, { singleValueExtendedProperties: [{ id: '0x3FEF', value: 'x' }] }),
		400,
		'ErrorInvalidParameter',
	],
	[
		'an attachment without its type',
		mailTo(HIRE, { attachments: [{ name: 'a', contentBytes: '' }] }),
		400,
		'UnableToDeserializePostBody',
	],
	[
		'an attachment that is not base64',
		mailTo(HIRE, { attachments: [file({ contentBytes: 'not base64!' })] }),
		400,
		'UnableToDeserializePostBody',
	],
	[
		'more than 4 MB',
		mailTo(HIRE, { body: { contentType: 'text', content: 'x'.repeat(4 * MEGABYTE) } }),
		413,
		'RequestEntityTooLarge',
	],
])('refuses %s', async (_, body, status, code) => {
	const headers = { 'content-type': 'application/json' };
	expect(await send(body, { headers })).toMatchObject({ status, code });
	expect(sandbox.outbox).toHaveLength(0);
});

test('takes 500 recipients, and addresses of any script', async () => {
	const umlauts = mailTo('jörg@müller.example', { ccRecipients: people(499) });
	expect(await send(umlauts)).toMatchObject({ status: 202 });
});

test.each([
	['hr@contoso.example', 202, undefined, 'sendAs'],
	['it@contoso.example', 202, undefined, 'sendOnBehalf'],
	['payroll@contoso.example', 403, 'ErrorSendAsDenied', undefined],
	['diego.siciliani@fabrikam.example', 403, 'ErrorSendAsDenied', undefined],
])('from %s: %i %s', async (address, status, code, right) => {
	const response = await send(mailTo(HIRE, { from: { emailAddress: { address } } }));
	expect(response).toMatchObject({ status, code });
	expect(sandbox.outbox[0]?.sentFrom.right).toBe(right);
});

test('from another mailbox needs Mail.Send.Shared, from the own one does not', async () => {
	const plain = await tokenOf('adele', 'Mail.Send offline_access');
	const from = (address: string) => mailTo(HIRE, { from: { emailAddress: { address } } });
	const shared = await send(from('hr@contoso.example'), { token: plain });
	expect(shared).toMatchObject({ status: 403, code: 'ErrorAccessDenied' });
	const own = await send(from('Adele.Vance@contoso.example'), { token: plain });
	expect(own).toMatchObject({ status: 202 });
});

test('an account without a mailbox is 404, a token without Mail.Send is 403', async () => {
	expect(
		await send(mailTo(HIRE), { token: await tokenOf('lynne', 'Mail.Send offline_access') }),
	).toMatchObject({ status: 404, code: 'MailboxNotEnabledForRESTAPI' });
	expect(
		await send(mailTo(HIRE), { token: await tokenOf('adele', 'User.Read offline_access') }),
	).toMatchObject({ status: 403, code: 'ErrorAccessDenied' });
});

test('a missing, a foreign and an expired token are 401', async () => {
	const invalid = { status: 401, code: 'InvalidAuthenticationToken' };
	const other = await startSandbox();
	try {
		const { apps, accounts } = other.directory;
		const foreign = await connect(other, apps.roboMq, accounts.adele.userPrincipalName);
		expect(await send(mailTo(HIRE), { token: foreign.accessToken })).toMatchObject(invalid);
	} finally {
		await other.close();
	}
	expect(await send(mailTo(HIRE), { token: undefined })).toMatchObject(invalid);
	expect(await send(mailTo(HIRE), { token: 'a.b.c' })).toMatchObject(invalid);
	const mine = await tokenOf('adele', 'Mail.Send offline_access');
	sandbox.expireAccessTokens();
	expect(await send(mailTo(HIRE), { token: mine })).toMatchObject(invalid);
	token = await tokenOf('adele', 'Mail.Send Mail.Send.Shared offline_access');
});

test('what is above the limit of a minute is accepted and delayed, not refused', async () => {
	const { adele } = sandbox.directory.mailboxes;
	sandbox.reset();
	adele.messagesPerMinute = 2;
	for (let mails = 0; mails < 5; mails++) {
		expect(await send(mailTo(HIRE))).toMatchObject({ status: 202 });
	}
	adele.messagesPerMinute = 30;
	const minutes = sandbox.outbox.map(({ acceptedAt, deliveredFrom }) =>
		Math.round((deliveredFrom.getTime() - acceptedAt.getTime()) / 60_000),
	);
	expect(minutes).toEqual([0, 0, 1, 1, 2]);
});

test('the limits of a mailbox hold', async () => {
	const { adele } = sandbox.directory.mailboxes;
	adele.messageSizeLimit = 100;
	expect(await send(mailTo(HIRE))).toMatchObject({ status: 413, code: 'ErrorMessageSizeExceeded' });
	adele.messageSizeLimit = 35 * MEGABYTE;
	adele.full = true;
	expect(await send(mailTo(HIRE))).toMatchObject({ status: 507, code: 'ErrorQuotaExceeded' });
	adele.full = false;
});

test('takes MIME as base64 text, and refuses what is not base64', async () => {
	const headers = { 'content-type': 'text/plain' };
	const mime = [
		'From: Adele <adele.vance@contoso.example>',
		`To: "Hire, New" <${HIRE}>`,
		'Subject: =?utf-8?B?V2lsbGtvbW1lbiE=?=',
		'',
		'Hello',
	].join('\r\n');
	const encoded = Buffer.from(mime).toString('base64');
	expect(await send(encoded, { headers })).toMatchObject({ status: 202, text: '' });
	expect(sandbox.outbox[0]).toMatchObject({
		via: 'mime',
		message: {
			subject: 'Willkommen!',
			toRecipients: [{ emailAddress: { name: 'Hire, New', address: HIRE } }],
		},
	});
	expect(await send(mime, { headers })).toMatchObject({
		status: 400,
		code: 'ErrorMimeContentInvalidBase64String',
	});
});

test('takes the parts of MIME apart', async () => {
	const mime = [
		`To: "Hire, New" <${HIRE}>, team: <second@fabrikam.example>;`,
		'Subject: =?utf-8?Q?Willk=C3=B6mmen?=',
		'Content-Type: multipart/mixed; boundary=x',
		'',
		'--x',
		'Content-Type: text/html; charset=utf-8',
		'Content-Transfer-Encoding: quoted-printable',
		'',
		'<b>H=C3=A4llo</b>',
		'--x',
		'Content-Type: text/plain; name=a.txt',
		'Content-Disposition: attachment; filename=a.txt',
		'Content-Transfer-Encoding: base64',
		'',
		Buffer.from('contract').toString('base64'),
		'--x--',
	].join('\r\n');
	const headers = { 'content-type': 'text/plain' };
	await send(Buffer.from(mime).toString('base64'), { headers });
	expect(sandbox.outbox[0]).toMatchObject({
		message: {
			subject: 'Willkömmen',
			toRecipients: [
				{ emailAddress: { name: 'Hire, New', address: HIRE } },
				{ emailAddress: { address: 'second@fabrikam.example' } },
			],
			body: { contentType: 'html', content: expect.stringContaining('<b>Hällo</b>') },
		},
		attachments: [{ name: 'a.txt', contentType: 'text/plain', size: 8, isInline: false }],
	});
});

describe('the fifth request at a time', () => {
	let megan: string;
	beforeAll(async () => {
		megan = await tokenOf('megan', 'Mail.Send offline_access');
	});
	beforeEach(() => void (sandbox.settings.latencyMs = 30));
	afterEach(() => {
		sandbox.settings.latencyMs = 0;
		sandbox.settings.concurrencyPer = 'mailbox';
	});
	const statuses = async (tokens: readonly string[]) => {
		const answers = await Promise.all(
			tokens.map(async (each) => await send(mailTo(HIRE), { token: each })),
		);
		return answers.map(({ status }) => status).sort();
	};

	test('of a mailbox is throttled', async () => {
		const answers = await Promise.all(
			[1, 2, 3, 4, 5].map(async () => await send(mailTo(HIRE), { token })),
		);
		expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 202, 429]);
		const throttled = answers.find(({ status }) => status === 429);
		expect(throttled?.code).toBe('ApplicationThrottled');
		expect(throttled?.headers.get('retry-after')).toBe('1');
		expect(sandbox.counters).toMatchObject({ throttled: 1, peakConcurrency: 5 });
	});

	test('of an app is not, by default', async () => {
		expect(await statuses([token, token, megan, megan, megan])).toEqual(Array(5).fill(202));
	});

	test('of an app is throttled where the limit is counted for the app', async () => {
		sandbox.settings.concurrencyPer = 'app';
		expect(await statuses([token, token, megan, megan, megan])).toEqual([202, 202, 202, 202, 429]);
	});
});

test('other paths are no segments', async () => {
	const path = '/v1.0/me/sendMails';
	expect(await callGraph(sandbox, path, { token })).toMatchObject({
		status: 400,
		code: 'BadRequest',
	});
});
