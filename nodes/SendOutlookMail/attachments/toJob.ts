import type { Job } from '../delivery/job';
import { toFileAttachment } from '../graph/fileAttachment';
import type { Mailbox, OutgoingMail } from '../graph/mailbox';
import { readBase64 } from '../graph/fileContent';
import { unreadable, type Exchange } from '../graph/exchange';
import { UnreadableFile } from '../graph/fileContent';
import type { TravellingFile, TravelPlan } from './planTravel';

/** A mail and how its files travel. */
export interface LoadedMail extends OutgoingMail {
	load: Pick<TravelPlan, 'route' | 'files'>;
}

/** Makes a mail ready for delivery. Its files are read at each attempt, and released after it. */
export function toJob({ load, ...mail }: LoadedMail, mailbox: Mailbox): Job {
	return load.route === 'sendMail'
		? oneRequest(mail, load.files, mailbox)
		: throughDraft(mail, load.files, mailbox);
}

function oneRequest(
	{ message, saveToSentItems }: OutgoingMail,
	files: readonly TravellingFile[],
	mailbox: Mailbox,
): Job {
	return {
		attempt: async (clientRequestId, signal) =>
			await orUnreadable(async () => {
				const attachments = [];
				for (const file of files) attachments.push(toFileAttachment(file, await readBase64(file)));
				const complete = attachments.length === 0 ? message : { ...message, attachments };
				return await mailbox.sendMail(
					{ message: complete, saveToSentItems },
					clientRequestId,
					signal,
				);
			}),
	};
}

function throughDraft(
	{ message }: OutgoingMail,
	files: readonly TravellingFile[],
	mailbox: Mailbox,
): Job {
	const draft = mailbox.draftMail({
		message,
		files: files.map((file) => ({
			...file,
			travels: file.travels === 'uploadSession' ? 'uploadSession' : 'ownRequest',
		})),
	});
	return {
		attempt: async (clientRequestId, signal) =>
			await orUnreadable(async () => await draft.attempt(clientRequestId, signal)),
		abandon: async (clientRequestId) => await draft.discard(clientRequestId),
	};
}

async function orUnreadable(attempt: () => Promise<Exchange>): Promise<Exchange> {
	return await attempt().catch(async (cause: unknown): Promise<Exchange> => {
		if (cause instanceof UnreadableFile) return unreadable(cause);
		return await Promise.reject(cause);
	});
}
