import type { Delivery } from '../delivery/deliver';
import type { ComposedMail } from '../message';
import { explainExchange } from './explain';
import type { Failure } from './failure';
import { acceptedItem } from './outputItem';
import type { ItemOutcome } from './report';

/** A mail that is ready to go, or the reason why it cannot. */
export type Draft =
	| { mail: ComposedMail; failure?: undefined }
	| { mail?: undefined; failure: Failure };

/** What became of one item: refused beforehand, accepted, failed on the way, or not tried. */
export function outcomeOf(
	draft: Draft,
	delivery: Delivery | undefined,
	itemIndex: number,
): ItemOutcome {
	if (!draft.mail) return { kind: 'failed', failure: draft.failure };
	if (!delivery?.exchange) return { kind: 'notTried' };
	if (delivery.verdict === 'accepted') {
		return { kind: 'accepted', item: acceptedItem(draft.mail, delivery, itemIndex) };
	}
	return {
		kind: 'failed',
		failure: explainExchange(delivery.exchange, delivery.clientRequestId),
	};
}
