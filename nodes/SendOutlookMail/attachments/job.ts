import type { Job } from '../delivery/job';
import type { Exchange } from '../graph/exchange';
import { toFileAttachment, readBase64, UnreadableFile } from '../graph/files';
import type { Mailbox } from '../graph/mailbox';
import type { Mail } from '../mail/mail';

/** Makes an email ready for delivery. Its files are read at each attempt, and released after it. */
export function toJob(mail: Mail, mailbox: Mailbox): Job {
	return {
		...(mail.route === 'draft' ? throughDraft(mail, mailbox) : oneRequest(mail, mailbox)),
		prepare: async (signal) => await mailbox.prepare(signal),
	};
}

function oneRequest({ files = [], message, ...mail }: Mail, mailbox: Mailbox): Job {
	return {
		attempt: async (clientRequestId, signal) =>
			await orUnreadable(async () => {
				const attachments = [];
				for (const file of files) attachments.push(toFileAttachment(file, await readBase64(file)));
				const complete = attachments.length === 0 ? message : { ...message, attachments };
				return await mailbox.sendMail({ ...mail, message: complete }, clientRequestId, signal);
			}),
	};
}

function throughDraft(mail: Mail, mailbox: Mailbox): Job {
	const draft = mailbox.draftMail(mail);
	return {
		attempt: async (clientRequestId, signal) =>
			await orUnreadable(async () => await draft.attempt(clientRequestId, signal)),
		abandon: async (clientRequestId) => await draft.discard(clientRequestId),
	};
}

async function orUnreadable(attempt: () => Promise<Exchange>): Promise<Exchange> {
	return await attempt().catch(async (cause: unknown): Promise<Exchange> => {
		if (cause instanceof UnreadableFile) return { kind: 'unreadable', verdict: 'refused', cause };
		return await Promise.reject(cause);
	});
}
