import type { Mailbox } from '#node/graph/mailbox';
import { jobsOf } from '#node/operations/checkedMails';
import type { MailToSend } from '#node/operations/draftMail';
import type { GraphAnswer } from '#node/graph/exchange';

const HEADERS = { 'request-id': 'r1', date: 'now', 'x-ms-ags-diagnostic': '{"ServerInfo":{}}' };

const mailOf = (subject: string): MailToSend => ({
	message: { subject },
	saveToSentItems: true,
	recipients: { to: [], cc: [], bcc: [] },
	load: { route: 'sendMail', files: [] },
	repetition: { onUnknownOutcome: 'fail', sendOnce: { kind: 'none' }, forgetKey: false },
});

/** A mailbox that answers each mail alike. */
const answering = (answer: GraphAnswer) =>
	({ sendMail: async () => ({ kind: 'answered', answer }) }) as unknown as Mailbox;

test('each mail is handed over once, in order', async () => {
	const sent: unknown[] = [];
	const mailbox = {
		sendMail: async ({ message }: MailToSend) => {
			sent.push(message.subject);
			return { kind: 'answered', answer: { status: 202, headers: {}, body: '' } };
		},
	} as unknown as Mailbox;
	const waiting = [mailOf('first'), mailOf('second')];
	const jobs = jobsOf(waiting, mailbox);
	expect(waiting).toEqual([]);
	expect(jobs).toHaveLength(2);
	for (const index of [0, 1]) await jobs.at(index)?.attempt('id');
	expect(sent).toEqual(['first', 'second']);
	expect(jobs.at(0)).toBeUndefined();
});

test('of an acceptance only its id is kept', async () => {
	const mailbox = answering({ status: 202, headers: HEADERS, body: ' ' });
	const exchange = await jobsOf([mailOf('Welcome')], mailbox)
		.at(0)
		?.attempt('id');
	expect(exchange).toEqual({
		kind: 'answered',
		answer: { status: 202, headers: { 'request-id': 'r1' }, body: '' },
	});
});

test('a refusal is kept whole, since it is explained', async () => {
	const answer = { status: 403, headers: HEADERS, body: '{"error":{}}' };
	const exchange = await jobsOf([mailOf('Welcome')], answering(answer))
		.at(0)
		?.attempt('id');
	expect(exchange).toEqual({ kind: 'answered', answer });
});
