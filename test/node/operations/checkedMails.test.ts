import type { Mailbox } from '#node/graph/mailbox';
import { parcelsOf } from '#node/operations/checkedMails';
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
	const parcels = parcelsOf(waiting, mailbox);
	expect(waiting).toEqual([]);
	expect(parcels).toHaveLength(2);
	for (const index of [0, 1]) await parcels.at(index)?.attempt('id');
	expect(sent).toEqual(['first', 'second']);
	expect(parcels.at(0)).toBeUndefined();
});
