import type { Job } from '../delivery/job';
import type { Exchange } from '../graph/exchange';
import { toFileAttachment, readBase64, UnreadableFile } from '../graph/files';
import type { Mailbox } from '../graph/mailbox';
import type { Mail } from '../mail/mail';

/** Makes an email ready for delivery. Its files are read at each attempt, and released after it. */
export function toJob(mail: Mail, mailbox: Mailbox): Job {
	const draft = mail.route === 'draft' ? mailbox.draftMail(mail) : undefined;
	return {
		attempt: async (clientRequestId, signal) =>
			await (
				draft?.attempt(clientRequestId, signal) ??
				attemptAtOnce(mail, mailbox, clientRequestId, signal)
			).catch(unreadableOrThrow),
		...(draft && {
			abandon: async (clientRequestId) => await draft.discard(clientRequestId),
		}),
		prepare: async (signal) => await mailbox.prepare(signal),
	};
}

async function attemptAtOnce(
	{ files = [], message, ...mail }: Mail,
	mailbox: Mailbox,
	clientRequestId: string,
	signal?: AbortSignal,
): Promise<Exchange> {
	const attachments = [];
	for (const file of files) attachments.push(toFileAttachment(file, await readBase64(file)));
	const complete = attachments.length === 0 ? message : { ...message, attachments };
	return await mailbox.sendMail({ ...mail, message: complete }, clientRequestId, signal);
}

async function unreadableOrThrow(cause: unknown): Promise<Exchange> {
	if (cause instanceof UnreadableFile) return { kind: 'unreadable', verdict: 'refused', cause };
	return await Promise.reject(cause);
}
