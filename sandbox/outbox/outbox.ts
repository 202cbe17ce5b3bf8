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
	/** When Exchange delivers it at the earliest. */
	readonly deliveredFrom: Date;
	readonly tenantId: string;
	/** User principal name of the account that sent it. */
	readonly mailbox: string;
	/** What its reader sees as the sender. */
	readonly sentFrom: SentFrom;
	readonly appId: string;
	readonly via: 'sendMail' | 'mime' | 'draft' | 'reply' | 'replyAll' | 'forward';
	/** For a reply or a forward: the message that it answers. */
	readonly answers?: string | undefined;
	/** As received, but for the content of attachments, which is in `attachments`. */
	readonly message: WritableMessage;
	readonly saveToSentItems: boolean;
	readonly clientRequestId: string | undefined;
	readonly requestId: string;
	readonly attachments: readonly AcceptedAttachment[];
}

export class Outbox {
	/** In order of acceptance. */
	readonly mails: AcceptedMail[] = [];

	/**
	 * @param perMinute how many emails of one mailbox are delivered in a minute: what is above is accepted
	 * all the same, and delayed to the following minutes. @cites thirtyAMinute
	 */
	accept(mail: Omit<AcceptedMail, 'acceptedAt' | 'deliveredFrom'>, perMinute: number): void {
		const acceptedAt = new Date();
		// A minute after the one that is so many emails ahead.
		const ahead = this.nthLast(mail.mailbox, perMinute)?.deliveredFrom.getTime() ?? 0;
		const deliveredFrom = new Date(Math.max(acceptedAt.getTime(), ahead + MINUTE));
		this.mails.push({ acceptedAt, deliveredFrom, ...mail });
	}

	private nthLast(mailbox: string, n: number): AcceptedMail | undefined {
		let left = n;
		for (let index = this.mails.length - 1; index >= 0; index -= 1) {
			const mail = this.mails[index];
			if (mail?.mailbox === mailbox && --left === 0) return mail;
		}
		return undefined;
	}
}

const MINUTE = 60_000;
