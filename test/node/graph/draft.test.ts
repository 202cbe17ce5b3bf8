import { createHash } from 'node:crypto';
import { deliver } from '#node/delivery/deliver';
import type { Delivery } from '#node/delivery/job';
import { DEFAULT_RETRY_POLICY } from '#node/delivery/retry';
import { explainExchange } from '#node/explain/exchange';
import { SYSTEM_CLOCK } from '#node/facts/clock';
import type { DraftOrder } from '#node/graph/draft';
import { openMailbox } from '#node/graph/mailbox';
import type { FaultName, FaultSettings, Operation } from '#sandbox/index';
import { startLinkedSandbox, type LinkedSandbox } from '#tools/engine/linkedSandbox';
import { fetchTransport } from './fetchTransport';

const MEGABYTE = 1024 * 1024;

const FILM = Buffer.alloc(9 * MEGABYTE, 'a film that does not fit into one range. ');
/** Still an upload session, but one range only: enough where no range is interrupted. */
const SHORT_FILM = FILM.subarray(0, 3 * MEGABYTE + 1);
const LETTER = Buffer.from('Welcome!');

let linked: LinkedSandbox;

beforeAll(async () => {
	linked = await startLinkedSandbox({}, ['Mail.ReadWrite']);
});

beforeEach(async () => {
	linked.sandbox.reset();
	await linked.sandbox.faults.switchOff();
	Object.assign(linked.sandbox.settings, {
		uploadCasing: 'camelCase',
		uploadRangeStatus: 200,
		draftLagMs: 0,
	});
});

afterAll(async () => await linked.sandbox.close());

async function* inChunks(content: Buffer) {
	for (let at = 0; at < content.length; at += 100_000) yield content.subarray(at, at + 100_000);
}

const file = (name: string, content: Buffer, travels: 'ownRequest' | 'uploadSession') => ({
	field: name,
	name,
	contentType: 'application/octet-stream',
	isInline: false,
	size: content.length,
	read: () => inChunks(content),
	travels,
});

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const SHA256 = new Map([LETTER, FILM, SHORT_FILM].map((content) => [content, sha256(content)]));

const orderWith = (film: Buffer): DraftOrder => ({
	message: {
		subject: 'Welcome',
		body: { contentType: 'text', content: 'Hello' },
		toRecipients: [{ emailAddress: { address: 'jane@contoso.example' } }],
	},
	files: [file('letter.txt', LETTER, 'ownRequest'), file('film.mp4', film, 'uploadSession')],
});

const ORDER = orderWith(FILM);
const filmFor = (operation: Operation) => (operation === 'uploadRange' ? FILM : SHORT_FILM);

/** Delivers the mail by the node's own policy, but for waits, which end at once. */
async function deliverDraft(
	order = ORDER,
	signal?: AbortSignal,
	wait: (delayMs: number) => Promise<void> = async () => {},
): Promise<Delivery & { left: number }> {
	const { oauthTokenData } = linked.store.resolve('customer') as {
		oauthTokenData?: { access_token: string };
	};
	const mailbox = await openMailbox(
		linked.sandbox.graphOrigin,
		fetchTransport(() => oauthTokenData!.access_token),
		SYSTEM_CLOCK,
	);
	const draft = mailbox.draftMail(order);
	const [delivery] = await deliver(
		[
			{
				attempt: async (id, stop) => await draft.attempt(id, stop),
				abandon: async (id) => await draft.discard(id),
			},
		],
		{
			simultaneous: 1,
			retry: DEFAULT_RETRY_POLICY,
			clock: {
				...SYSTEM_CLOCK,
				wait: async (delayMs) => {
					await wait(delayMs);
					return 'waited';
				},
			},
			continueOnFail: true,
			signal,
		},
	);
	return { ...delivery!, left: await mailbox.removeLeftDrafts() };
}

const requests = (pattern: RegExp, status?: number) =>
	linked.sandbox.requests.filter(
		(request) =>
			request.host !== 'login' &&
			pattern.test(`${request.method} ${request.path}`) &&
			(status === undefined || request.status === status),
	);

/** Drafts that were made, less those that were sent or removed. */
const draftsLeft = () =>
	requests(/^POST .*\/messages$/, 201).length -
	linked.sandbox.outbox.length -
	requests(/^DELETE .*\/messages\/[^/]+$/, 204).length;

function expectOneWholeMail(film = FILM) {
	expect(
		linked.sandbox.outbox.map(({ attachments }) =>
			attachments.map(({ name, sha256 }) => ({ name, sha256 })),
		),
	).toEqual([
		[
			{ name: 'letter.txt', sha256: SHA256.get(LETTER) },
			{ name: 'film.mp4', sha256: SHA256.get(film) },
		],
	]);
}

test('a draft is made, filled, sent, and known by its IDs', async () => {
	const delivery = await deliverDraft();
	expect(delivery).toMatchObject({ verdict: 'accepted', attempts: 1 });
	expect(delivery.exchange?.mail).toEqual({
		messageId: expect.any(String),
		internetMessageId: expect.any(String),
		webLink: expect.any(String),
	});
	expectOneWholeMail();
	expect(draftsLeft()).toBe(0);
	expect(requests(/^PUT/)).toHaveLength(3);
});

const STEPS: Operation[] = ['draft', 'attachment', 'uploadSession', 'uploadRange'];

const PASSING: Array<[FaultName, FaultSettings]> = [
	['throttle', {}],
	['unavailable503', {}],
	['error500', {}],
	['gateway504', {}],
	['dropBefore', {}],
	['dropWhileReceiving', {}],
];

test.each(STEPS.flatMap((step) => PASSING.map(([fault, more]) => [step, fault, more] as const)))(
	'%s meets %s once: the mail arrives once and whole',
	async (operation, fault, more) => {
		linked.sandbox.faults.switchOn(fault, { operation, times: 1, ...more });
		const delivery = await deliverDraft(orderWith(filmFor(operation)));
		expect(delivery).toMatchObject({ verdict: 'accepted', attempts: 2 });
		expectOneWholeMail(filmFor(operation));
		expect(draftsLeft()).toBe(0);
	},
);

test.each(
	STEPS.flatMap((step) =>
		(['gateway504AfterTaken', 'dropAfterTaken'] as const).map((fault) => [step, fault] as const),
	),
)('%s is taken and %s hides it: nothing travels twice', async (operation, fault) => {
	linked.sandbox.faults.switchOn(fault, { operation, times: 1 });
	const delivery = await deliverDraft(orderWith(filmFor(operation)));
	expect(delivery).toMatchObject({ verdict: 'accepted', attempts: 2 });
	expectOneWholeMail(filmFor(operation));
	// The one draft that nobody told us of stays; it is never sent.
	expect(requests(/^POST .*\/messages$/).length - requests(/^DELETE/).length).toBe(
		operation === 'draft' ? 2 : 1,
	);
});

test.each(['camelCase', 'PascalCase'] as const)(
	'the upload host may answer in %s, with 200 or 202',
	async (uploadCasing) => {
		for (const uploadRangeStatus of [200, 202] as const) {
			linked.sandbox.reset();
			Object.assign(linked.sandbox.settings, { uploadCasing, uploadRangeStatus });
			linked.sandbox.faults.switchOn('dropAfterTaken', { operation: 'uploadRange', times: 1 });
			expect(await deliverDraft()).toMatchObject({ verdict: 'accepted' });
			expectOneWholeMail();
			// After the break, the host was asked where to go on.
			expect(requests(/^GET \/upload/, 200)).toHaveLength(1);
			expect(requests(/^PUT/)).toHaveLength(3);
		}
	},
);

test('files are uploaded to the host that Graph names, without a token', async () => {
	await deliverDraft();
	expect(new Set(requests(/\/upload\//).map(({ host }) => host))).toEqual(new Set(['upload']));
});

test('a 200 on the last range that still expects a range is not the end of the upload', async () => {
	linked.sandbox.faults.switchOn('custom', {
		operation: 'uploadRange',
		after: 2,
		times: 1,
		status: 200,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ NextExpectedRanges: ['7864320-'] }),
	});
	const delivery = await deliverDraft();
	expect(delivery.verdict).toBe('accepted');
	expectOneWholeMail();
});

test('a 200 on the last range that says nothing is not the end either', async () => {
	linked.sandbox.faults.switchOn('custom', {
		operation: 'uploadRange',
		after: 2,
		times: 1,
		status: 200,
		body: '{}',
	});
	expect(await deliverDraft()).toMatchObject({ verdict: 'accepted', attempts: 2 });
	expectOneWholeMail();
});

test('an upload that is refused twice is reported with status and host, and nothing is left', async () => {
	linked.sandbox.faults.switchOn('custom', {
		operation: 'uploadRange',
		status: 403,
		headers: { 'content-type': 'text/html' },
		body: '<html>Uploads are not allowed',
	});
	const delivery = await deliverDraft();
	expect(delivery).toMatchObject({ verdict: 'refused', attempts: 2 });
	expect(requests(/^PUT/)).toHaveLength(2);
	expect(draftsLeft()).toBe(0);
	expect(explainExchange(delivery.exchange!, '', { application: 'customer' })).toMatchObject({
		code: 'uploadRefused',
		message: '127.0.0.1 refused to take a file of this email (status 403)',
		remedy: expect.stringMatching(/n8n administrator.*firewall/),
		details: { httpStatus: 403 },
	});
});

test('an upload host that cannot be reached is named', async () => {
	linked.sandbox.faults.switchOn('dropBefore', { operation: 'uploadRange' });
	const delivery = await deliverDraft();
	expect(delivery).toMatchObject({ verdict: 'notTaken', attempts: 8 });
	expect(explainExchange(delivery.exchange!, '', { application: 'customer' }).message).toContain(
		'The connection to 127.0.0.1 was lost while a file',
	);
});

describe('a draft that Graph does not find right after it was made', () => {
	test('is tried again for a few seconds', async () => {
		linked.sandbox.settings.draftLagMs = Infinity;
		let waits = 0;
		const delivery = await deliverDraft(ORDER, undefined, async () => {
			if (++waits === 3) linked.sandbox.settings.draftLagMs = 0;
		});
		expect(delivery.verdict).toBe('accepted');
		expect(requests(/^POST .*\/attachments$/, 404)).toHaveLength(3);
		expect(requests(/^POST .*\/messages$/)).toHaveLength(1);
		expectOneWholeMail();
	});

	test('also when it is sent', async () => {
		linked.sandbox.faults.switchOn('custom', {
			operation: 'send',
			times: 2,
			status: 404,
			body: JSON.stringify({ error: { code: 'ErrorItemNotFound', message: 'Not found.' } }),
		});
		expect(await deliverDraft()).toMatchObject({ verdict: 'accepted', attempts: 3 });
		expectOneWholeMail();
	});
});

describe('removing a draft that is not sent', () => {
	beforeEach(() => linked.sandbox.faults.switchOn('quota507', { operation: 'send' }));

	test.each<[FaultName, FaultSettings]>([
		['error500', {}],
		['gateway504', {}],
		['dropBefore', {}],
		['gateway504AfterTaken', {}],
		['custom', { status: 403, body: '' }],
	])('is repeated after %s', async (fault, more) => {
		linked.sandbox.faults.switchOn(fault, { operation: 'deleteDraft', times: 2, ...more });
		expect(await deliverDraft()).toMatchObject({ verdict: 'refused', left: 0 });
		expect(requests(/^DELETE/).length).toBeGreaterThanOrEqual(3);
	});

	test('is tried once more at the end of the run', async () => {
		linked.sandbox.faults.switchOn('error500', { operation: 'deleteDraft', times: 8 });
		expect(await deliverDraft()).toMatchObject({ verdict: 'refused', left: 0 });
		expect(requests(/^DELETE/)).toHaveLength(9);
		expect(draftsLeft()).toBe(0);
	});

	test('is reported where it is not possible', async () => {
		linked.sandbox.faults.switchOn('error500', { operation: 'deleteDraft' });
		expect(await deliverDraft()).toMatchObject({ verdict: 'refused', left: 1 });
		expect(draftsLeft()).toBe(1);
	});
});

test('a broken range goes on at the byte that Graph expects', async () => {
	linked.sandbox.faults.switchOn('dropWhileReceiving', {
		operation: 'uploadRange',
		after: 1,
		times: 1,
	});
	expect(await deliverDraft()).toMatchObject({ verdict: 'accepted', attempts: 2 });
	expectOneWholeMail();
	expect(requests(/^GET \/upload/)).toHaveLength(1);
	expect(requests(/^PUT/, 200)).toHaveLength(2);
	expect(requests(/^PUT/, 201)).toHaveLength(1);
	expect(requests(/^POST .*\/messages$/)).toHaveLength(1);
});

test('a range that Graph took unseen is not uploaded again', async () => {
	linked.sandbox.faults.switchOn('dropAfterTaken', { operation: 'uploadRange', times: 1 });
	expect(await deliverDraft()).toMatchObject({ verdict: 'accepted' });
	expectOneWholeMail();
	expect(requests(/^PUT/)).toHaveLength(3);
});

test('an upload whose last answer is lost begins anew with a new draft', async () => {
	linked.sandbox.faults.switchOn('dropAfterTaken', {
		operation: 'uploadRange',
		after: 2,
		times: 1,
	});
	expect(await deliverDraft()).toMatchObject({ verdict: 'accepted', attempts: 3 });
	expectOneWholeMail();
	expect(draftsLeft()).toBe(0);
});

test.each<[Operation, FaultName]>([
	['attachment', 'quota507'],
	['uploadSession', 'quota507'],
	['uploadRange', 'quota507'],
	['send', 'quota507'],
])('%s refused for good with %s: the draft is removed', async (operation, fault) => {
	linked.sandbox.faults.switchOn(fault, { operation });
	expect(await deliverDraft()).toMatchObject({ verdict: 'refused', attempts: 1 });
	expect(linked.sandbox.outbox).toHaveLength(0);
	expect(draftsLeft()).toBe(0);
});

test('what stays broken before the sending is not taken, and its draft is removed', async () => {
	linked.sandbox.faults.switchOn('gateway504', { operation: 'uploadRange' });
	const delivery = await deliverDraft();
	expect(delivery).toMatchObject({ verdict: 'notTaken', attempts: 8 });
	expect(draftsLeft()).toBe(0);
});

test('removing a draft is tried again when it is throttled', async () => {
	linked.sandbox.faults.switchOn('quota507', { operation: 'send' });
	linked.sandbox.faults.switchOn('throttle', { operation: 'deleteDraft', times: 2 });
	await deliverDraft();
	expect(requests(/^DELETE/)).toHaveLength(3);
	expect(draftsLeft()).toBe(0);
});

test.each<FaultName>(['gateway504AfterTaken', 'dropAfterTaken', 'gateway504', 'dropBefore'])(
	'%s at the sending is unknown: not repeated, and the draft is left alone',
	async (fault) => {
		linked.sandbox.faults.switchOn(fault, { operation: 'send' });
		expect(await deliverDraft()).toMatchObject({ verdict: 'unknown', attempts: 1 });
		expect(requests(/\/send$/)).toHaveLength(1);
		expect(requests(/^DELETE/)).toHaveLength(0);
	},
);

test('a sending that is throttled is repeated with the same draft', async () => {
	linked.sandbox.faults.switchOn('throttle', { operation: 'send', times: 1 });
	expect(await deliverDraft()).toMatchObject({ verdict: 'accepted', attempts: 2 });
	expectOneWholeMail();
	expect(requests(/^POST .*\/messages$/)).toHaveLength(1);
});

test('a stopped execution removes its draft', async () => {
	const stop = new AbortController();
	const order: DraftOrder = {
		...ORDER,
		files: [
			{
				...file('film.mp4', FILM, 'uploadSession'),
				async *read() {
					yield FILM.subarray(0, 5 * MEGABYTE);
					stop.abort();
					yield FILM.subarray(5 * MEGABYTE);
				},
			},
		],
	};
	expect(await deliverDraft(order, stop.signal)).toMatchObject({ verdict: 'stopped' });
	expect(linked.sandbox.outbox).toHaveLength(0);
	expect(draftsLeft()).toBe(0);
});
