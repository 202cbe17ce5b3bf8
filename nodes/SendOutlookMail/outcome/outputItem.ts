import type { INodeExecutionData } from 'n8n-workflow';
import type { Delivery } from '../delivery/deliver';
import type { ComposedMail } from '../message';

/**
 * The output item of a mail that Graph accepted. Says `accepted`, never *sent*: Graph answers before
 * Exchange delivers, and bad addresses come back to the sender's inbox later.
 */
export function acceptedItem(
	{ message: { subject }, recipients: { to, cc, bcc } }: ComposedMail,
	{ exchange, endedAt, attempts, clientRequestId }: Delivery,
	itemIndex: number,
): INodeExecutionData {
	const requestId =
		exchange?.kind === 'answered' ? exchange.answer.headers['request-id'] : undefined;
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
		},
		pairedItem: { item: itemIndex },
	};
}
