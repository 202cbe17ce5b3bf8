import { randomBytes } from 'node:crypto';
import { GraphRefusal } from './graphError';

/** A message that somebody sent to a mailbox of the sandbox. */
export interface ReceivedMail {
	/** User principal name of its owner. */
	mailbox: string;
	from: string;
	/** Without the owner, everybody else it was sent to. */
	to?: string[];
	cc?: string[];
	replyTo?: string[];
	subject: string;
	/** HTML. */
	body: string;
}

export interface InboxMessage extends ReceivedMail {
	readonly id: string;
}

/** The inboxes of all mailboxes. */
export class Inbox {
	private readonly messages = new Map<string, InboxMessage>();

	receive(mail: ReceivedMail): string {
		const id = `AAMk${randomBytes(48).toString('base64url')}=`;
		this.messages.set(id, { ...mail, id });
		return id;
	}

	/** @throws {GraphRefusal} unless the message is in this mailbox */
	find(id: string, mailbox: string): InboxMessage {
		const message = this.messages.get(id);
		if (message?.mailbox === mailbox) return message;
		// learn.microsoft.com/graph/errors; an ID of another form is malformed. Codes R
		throw /^[\w=-]{20,}$/.test(id)
			? new GraphRefusal(
					404,
					'ErrorItemNotFound',
					'The specified object was not found in the store.',
				)
			: new GraphRefusal(400, 'ErrorInvalidIdMalformed', 'Id is malformed.');
	}

	/** The messages of a mailbox with this subject. */
	list(mailbox: string, subject: string | undefined): InboxMessage[] {
		return [...this.messages.values()].filter(
			(message) =>
				message.mailbox === mailbox && (subject === undefined || message.subject === subject),
		);
	}

	clear(): void {
		this.messages.clear();
	}
}
