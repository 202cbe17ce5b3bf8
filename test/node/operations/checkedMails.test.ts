import type { Mailbox } from '#node/graph/mailbox';
import { jobsOf } from '#node/operations/checkedMails';
import type { MailToSend } from '#node/operations/draftMail';
import { answered } from '#node/graph/exchange';

const mailOf = (subject: string): MailToSend => ({
	message: { subject },
	saveToSentItems: true,
	recipients: { to: [], cc: [], bcc: [] },
	load: { route: 'sendMail', files: [] },
	repetition: { onUnknownOutcome: 'fail', sendOnce: { kind: 'none' }, forgetKey: false },
});

test('each mail is handed over once, in order', async () => {
	const sent: unknown[] = [];
	const mailbox = {
		sendMail: async ({ message }: MailToSend) => {
			sent.push(message.subject);
			return answered({ status: 202, headers: {}, body: '' });
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
