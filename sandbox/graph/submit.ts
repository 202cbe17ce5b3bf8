import type { FastifyRequest } from 'fastify';
import type { Cloud } from '../cloud';
import type { Mailbox } from '../directory';
import type { AcceptedAttachment, AcceptedMail } from '../outbox/outbox';
import { withoutContent } from './attachmentContent';
import { clientRequestIdOf, GraphRefusal } from './graphError';
import { checkMessage } from './messageRules';
import type { WritableMessage } from './messageShape';
import { checkRecipients } from './recipients';
import { mailboxOf, resolveSender, type Caller } from './sender';

export interface Submission {
	readonly via: AcceptedMail['via'];
	readonly message: WritableMessage;
	readonly attachments: readonly AcceptedAttachment[];
	readonly saveToSentItems: boolean;
	readonly answers?: string | undefined;
	/** Bytes of the whole message. */
	readonly size: number;
}

/** The last checks of Exchange; from here on the mail is taken. */
export function submit(
	submission: Submission,
	caller: Caller,
	request: FastifyRequest,
	cloud: Cloud,
): void {
	const mailbox = mailboxOf(caller, cloud);
	checkMessage(submission.message);
	checkRecipients(submission.message, mailbox.recipientLimit);
	const sentFrom = resolveSender(submission.message, caller, cloud);
	checkMailbox(mailbox, submission.size);
	const { attachments: files, ...message } = submission.message;
	const accepted = {
		tenantId: caller.account.tenantId,
		mailbox: caller.account.userPrincipalName,
		sentFrom,
		appId: caller.access.appId,
		via: submission.via,
		...(submission.answers === undefined ? {} : { answers: submission.answers }),
		message: files === undefined ? message : { ...message, attachments: files.map(withoutContent) },
		saveToSentItems: submission.saveToSentItems,
		clientRequestId: clientRequestIdOf(request),
		requestId: request.id,
		attachments: submission.attachments,
	};
	cloud.outbox.accept(accepted, mailbox.messagesPerMinute);
}

export function checkMailbox(mailbox: Mailbox, size: number): void {
	if (mailbox.full) {
		throw new GraphRefusal(507, 'ErrorQuotaExceeded', 'The mailbox has exceeded its quota.');
	}
	if (size > mailbox.messageSizeLimit) {
		throw new GraphRefusal(
			413,
			'ErrorMessageSizeExceeded',
			'The message exceeds the maximum supported size.',
		);
	}
}
