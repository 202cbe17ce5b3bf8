import type { Exchange } from '../graph/exchange';
import { explainEarlierUnknown, explainExchange } from '../explain/exchange';
import { explainKeyNotKept, explainStartedBefore } from '../explain/key';
import type { Failure } from '../facts/failure';
import type { LinkedApp } from '../account/linkedApp';
import { acceptedItem, alreadySentItem, type AcceptedMail } from './outputItem';
import type { ItemOutcome } from './report';
import type { KeyVerdict, Verdict } from '../graph/verdict';

/** A mail that is ready to go, or the reason why it cannot. */
export type Draft<Mail> =
	| { mail: Mail; failure?: undefined }
	| { mail?: undefined; failure: Failure };

/** What came of carrying a mail; without an exchange, no attempt was made. */
export interface Carried {
	verdict: Verdict | KeyVerdict | 'notTried';
	exchange?: Exchange;
	endedAt: Date;
	attempts: number;
	clientRequestId: string;
	/** Something before the last attempt may have been taken. */
	mayBeDuplicate: boolean;
	/** Why n8n could not keep the key. */
	keyCause?: unknown;
}

/** What became of one item: refused beforehand, accepted, failed on the way, or not tried. */
export function outcomeOf(
	draft: Draft<AcceptedMail>,
	carried: Carried | undefined,
	itemIndex: number,
	app: LinkedApp,
): ItemOutcome {
	if (draft.failure) return { kind: 'failed', failure: draft.failure };
	if (!carried) return { kind: 'notTried' };
	const { verdict, exchange, clientRequestId, mayBeDuplicate } = carried;
	switch (verdict) {
		case 'alreadySent':
			return { kind: 'alreadySent', item: alreadySentItem(draft.mail, itemIndex) };
		case 'startedBefore':
			return { kind: 'failed', failure: explainStartedBefore(clientRequestId) };
		case 'keyNotKept':
			return { kind: 'failed', failure: explainKeyNotKept(carried.keyCause, app) };
	}
	if (!exchange) return { kind: 'notTried' };
	if (verdict === 'accepted') {
		return {
			kind: 'accepted',
			item: acceptedItem(draft.mail, { ...carried, exchange }, itemIndex),
		};
	}
	const failure = explainExchange(exchange, clientRequestId, app);
	return { kind: 'failed', failure: mayBeDuplicate ? explainEarlierUnknown(failure) : failure };
}
