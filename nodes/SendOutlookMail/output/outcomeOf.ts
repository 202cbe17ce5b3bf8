import type { Delivery } from '../delivery/delivery';
import { explainEarlierUnknown, explainExchange } from '../explain/exchange';
import { explainKeyNotKept, explainStartedBefore } from '../explain/key';
import type { Failure } from '../facts/failure';
import type { LinkedApp } from '../account/linkedApp';
import { acceptedItem, alreadySentItem, type AcceptedMail } from './outputItem';
import type { ItemOutcome } from './report';

/** A mail that is ready to go, or the reason why it cannot. */
export type Draft<Mail> =
	| { mail: Mail; failure?: undefined }
	| { mail?: undefined; failure: Failure };

/** What became of one item: refused beforehand, accepted, failed on the way, or not tried. */
export function outcomeOf(
	draft: Draft<AcceptedMail>,
	delivery: Delivery | undefined,
	itemIndex: number,
	app: LinkedApp,
): ItemOutcome {
	if (draft.failure) return { kind: 'failed', failure: draft.failure };
	if (!delivery) return { kind: 'notTried' };
	const { verdict, exchange, clientRequestId, mayBeDuplicate } = delivery;
	switch (verdict) {
		case 'alreadySent':
			return { kind: 'alreadySent', item: alreadySentItem(draft.mail, itemIndex) };
		case 'startedBefore':
			return { kind: 'failed', failure: explainStartedBefore(clientRequestId) };
		case 'keyNotKept':
			return { kind: 'failed', failure: explainKeyNotKept(delivery.keyCause, app) };
	}
	if (!exchange) return { kind: 'notTried' };
	if (verdict === 'accepted') {
		return {
			kind: 'accepted',
			item: acceptedItem(draft.mail, { ...delivery, exchange }, itemIndex),
		};
	}
	const failure = explainExchange(exchange, clientRequestId, app);
	return { kind: 'failed', failure: mayBeDuplicate ? explainEarlierUnknown(failure) : failure };
}
