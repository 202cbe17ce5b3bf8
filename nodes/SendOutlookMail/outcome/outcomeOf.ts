import type { Exchange } from './exchange';
import { explainExchange } from './explain';
import type { Failure } from './failure';
import { acceptedItem, type AcceptedMail } from './outputItem';
import type { ItemOutcome } from './report';
import type { Verdict } from './verdict';

/** A mail that is ready to go, or the reason why it cannot. */
export type Draft<Mail> =
	| { mail: Mail; failure?: undefined }
	| { mail?: undefined; failure: Failure };

/** What came of carrying a mail; without an exchange, no attempt was made. */
export interface Carried {
	verdict: Verdict | 'notTried';
	exchange?: Exchange;
	endedAt: Date;
	attempts: number;
	clientRequestId: string;
}

/** What became of one item: refused beforehand, accepted, failed on the way, or not tried. */
export function outcomeOf(
	draft: Draft<AcceptedMail>,
	carried: Carried | undefined,
	itemIndex: number,
): ItemOutcome {
	if (draft.failure) return { kind: 'failed', failure: draft.failure };
	if (!carried?.exchange) return { kind: 'notTried' };
	const { verdict, exchange, clientRequestId } = carried;
	return verdict === 'accepted'
		? { kind: 'accepted', item: acceptedItem(draft.mail, { ...carried, exchange }, itemIndex) }
		: { kind: 'failed', failure: explainExchange(exchange, clientRequestId) };
}
