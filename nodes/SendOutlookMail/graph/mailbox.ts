import type { Message } from '@microsoft/microsoft-graph-types';
import type { Exchange } from './exchange';
import type { Transport } from './transport';
import { DraftedMail, type DraftOrder } from './draft';
import { openGraphClient } from './graphClient';

/** A mail as `sendMail` takes it. */
export interface OutgoingMail {
	message: Message;
	saveToSentItems: boolean;
}

export interface Mailbox {
	/**
	 * Asks Graph to send a mail from the linked person's mailbox. 202 means accepted.
	 * https://learn.microsoft.com/graph/api/user-sendmail
	 *
	 * @param clientRequestId a GUID of ours, by which Microsoft's support finds the request
	 */
	sendMail(mail: OutgoingMail, clientRequestId: string, signal?: AbortSignal): Promise<Exchange>;
	/** Gets a token before a request needs it. @returns why there is none */
	prepare(signal: AbortSignal): Promise<Exchange | undefined>;
	/** A mail that is too large for one request; nothing happens before its first attempt. */
	draftMail(order: DraftOrder): DraftedMail;
	close(): void;
}

/** The linked person's mailbox at the Graph host of the credential. */
export async function openMailbox(graphOrigin: string, transport: Transport): Promise<Mailbox> {
	const graph = await openGraphClient(graphOrigin, transport);
	return {
		sendMail: async ({ message, saveToSentItems }, clientRequestId, signal) =>
			await graph.call('POST', '/me/sendMail', {
				headers: { 'client-request-id': clientRequestId },
				body: { message, saveToSentItems },
				signal,
			}),
		draftMail: (order) => new DraftedMail(graph, transport, order),
		prepare: async (signal) => await transport.prepare?.(signal),
		close: () => transport.close(),
	};
}
