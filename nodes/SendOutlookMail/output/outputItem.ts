import type { INodeExecutionData } from 'n8n-workflow';
import type { Exchange } from '../graph/exchange';

/** What the output item repeats of the mail. */
export interface AcceptedMail {
	message: { subject?: string | null | undefined };
	recipients: { to: string[]; cc: string[]; bcc: string[] };
}

/** What is known of the delivery. */
export interface Acceptance {
	exchange: Exchange;
	/** When the 202 came. */
	endedAt: Date;
	attempts: number;
	clientRequestId: string;
	/** An attempt before the accepted one may have been taken too. */
	mayBeDuplicate: boolean;
}

/**
 * The output item of a mail that Graph accepted. Says `accepted`, never *sent*: Graph answers before
 * Exchange delivers, and bad addresses come back to the sender's inbox later.
 */
export function acceptedItem(
	{ message: { subject }, recipients: { to, cc, bcc } }: AcceptedMail,
	{ exchange, endedAt, attempts, clientRequestId, mayBeDuplicate }: Acceptance,
	itemIndex: number,
): INodeExecutionData {
	const requestId =
		exchange.kind === 'answered' ? exchange.answer.headers['request-id'] : undefined;
	return {
		json: {
			status: 'accepted',
			to,
			cc,
			bcc,
			subject: subject ?? '',
			acceptedAt: endedAt.toISOString(),
			attempts,
			clientRequestId,
			...(requestId === undefined ? {} : { requestId }),
			...(mayBeDuplicate ? { mayBeDuplicate } : {}),
			...exchange.mail,
		},
		pairedItem: { item: itemIndex },
	};
}

/** The output item of a mail whose key was sent before: nothing left this time. */
export function alreadySentItem(
	{ message: { subject }, recipients: { to, cc, bcc } }: AcceptedMail,
	itemIndex: number,
): INodeExecutionData {
	return {
		json: { status: 'alreadySent', to, cc, bcc, subject: subject ?? '', attempts: 0 },
		pairedItem: { item: itemIndex },
	};
}
