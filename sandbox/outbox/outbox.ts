import type { WritableMessage } from '../graph/messageShape';
import type { SentFrom } from '../graph/sender';

export interface AcceptedAttachment {
	readonly name: string;
	readonly contentType: string;
	/** Bytes. */
	readonly size: number;
	/** Hexadecimal. */
	readonly sha256: string;
	readonly isInline: boolean;
	readonly contentId: string | null;
	/** Absent for files above 1 MB. */
	readonly content?: Buffer;
}

/** A mail that Graph answered 202 for, or would have. */
export interface AcceptedMail {
	readonly acceptedAt: Date;
	readonly tenantId: string;
	/** User principal name of the account that sent it. */
	readonly mailbox: string;
	/** What its reader sees as the sender. */
	readonly sentFrom: SentFrom;
	readonly appId: string;
	readonly via: 'sendMail' | 'mime' | 'draft' | 'reply' | 'replyAll' | 'forward';
	/** For a reply or a forward: the message that it answers. */
	readonly answers?: string | undefined;
	/** As received, but for the content of attachments, which stands in `attachments`. */
	readonly message: WritableMessage;
	readonly saveToSentItems: boolean;
	readonly clientRequestId: string | undefined;
	readonly requestId: string;
	readonly attachments: readonly AcceptedAttachment[];
}

export class Outbox {
	/** In order of acceptance. */
	readonly mails: AcceptedMail[] = [];

	accept(mail: Omit<AcceptedMail, 'acceptedAt'>): void {
		this.mails.push({ acceptedAt: new Date(), ...mail });
	}

	/** Mails of one mailbox since this moment. */
	countSince(mailbox: string, moment: number): number {
		let count = 0;
		for (let index = this.mails.length - 1; index >= 0; index -= 1) {
			const mail = this.mails[index];
			if (mail === undefined || mail.acceptedAt.getTime() < moment) break;
			if (mail.mailbox === mailbox) count += 1;
		}
		return count;
	}
}
