import type { Message } from '@microsoft/microsoft-graph-types';
import { SYSTEM_CLOCK, type Clock } from '../facts/clock';
import type { MailAnswer } from '../mail/mail';
import type { Exchange } from './exchange';
import type { Transport } from './transport';
import { DraftedMail, removeLeftDrafts, type DraftOrder } from './draft';
import { openGraphClient } from './graphClient';

/** A mail as `sendMail` takes it. */
export interface OutgoingMail {
	message: Message;
	saveToSentItems: boolean;
}

/** An answer as `reply`, `replyAll` and `forward` take it: `comment` keeps the history. */
export interface OutgoingAnswer extends MailAnswer {
	/** Without a body, which would replace the history. */
	message: Message;
}

export interface Mailbox {
	/**
	 * Asks Graph to send a mail from the linked person's mailbox. 202 means accepted.
	 * https://learn.microsoft.com/graph/api/user-sendmail
	 *
	 * @param clientRequestId a GUID of ours, by which Microsoft's support finds the request
	 */
	sendMail(mail: OutgoingMail, clientRequestId: string, signal?: AbortSignal): Promise<Exchange>;
	/**
	 * Answers or forwards a message of the mailbox; Graph adds the history. 202 means accepted.
	 * https://learn.microsoft.com/graph/api/message-reply
	 */
	answer(answer: OutgoingAnswer, clientRequestId: string, signal?: AbortSignal): Promise<Exchange>;
	/** Gets a token before a request needs it. @returns why there is none */
	prepare(signal: AbortSignal): Promise<Exchange | undefined>;
	/** A mail that is too large for one request; nothing happens before its first attempt. */
	draftMail(order: DraftOrder): DraftedMail;
	/**
	 * Tries once more to remove the drafts that are not sent and could not be removed.
	 *
	 * @returns how many stay in the Drafts folder
	 */
	removeLeftDrafts(): Promise<number>;
	close(): void;
}

/** The linked person's mailbox at the Graph host of the credential. */
export async function openMailbox(
	graphOrigin: string,
	transport: Transport,
	clock: Clock = SYSTEM_CLOCK,
): Promise<Mailbox> {
	const graph = await openGraphClient(graphOrigin, transport);
	const drafts = { graph, transport, clock, left: new Set<string>() };
	return {
		sendMail: async ({ message, saveToSentItems }, clientRequestId, signal) =>
			await graph.call('POST', '/me/sendMail', {
				headers: { 'client-request-id': clientRequestId },
				body: { message, saveToSentItems },
				signal,
			}),
		answer: async ({ messageId, mode, comment, message }, clientRequestId, signal) =>
			await graph.call('POST', `/me/messages/${encodeURIComponent(messageId)}/${mode}`, {
				headers: { 'client-request-id': clientRequestId },
				body: { comment, message },
				signal,
			}),
		draftMail: (order) => new DraftedMail(drafts, order),
		removeLeftDrafts: async () => await removeLeftDrafts(drafts),
		prepare: async (signal) => await transport.prepare?.(signal),
		close: () => transport.close(),
	};
}
