import type { INodeExecutionData } from 'n8n-workflow';
import type { LinkedApp } from '../account/application';
import type { Delivery } from '../delivery/job';
import { explainExchange } from '../explain/exchange';
import { explainKeyNotKept } from '../explain/refusals';
import {
	explainEarlierUnknown,
	explainStartedBefore,
	UNKNOWN_OUTCOME,
	type WhereToLook,
} from '../explain/unknownOutcome';
import type { Failure } from '../facts/failure';
import { idsOf } from '../graph/exchange';
import { deferralOf } from '../mail/dates';
import type { Mail } from '../mail/mail';
import { withoutEmpty, type SentFields } from './fields';

/** What became of one input item. */
export type Outcome =
	| { kind: 'accepted' | 'alreadySent'; item: INodeExecutionData }
	| { kind: 'failed'; failure: Failure }
	| { kind: 'notTried' };

/** Whether an email may have been sent. */
export function isUnknown(outcome: Outcome): boolean {
	return outcome.kind === 'failed' && outcome.failure.code === UNKNOWN_OUTCOME;
}

/**
 * Says `accepted`, never *sent*: Graph answers before Exchange delivers, and bad addresses come back to
 * the sender's inbox later.
 *
 * @param summary of the email that was delivered
 */
export function outcomeOf(
	{ subject, recipients, where }: MailSummary,
	delivery: Delivery,
	itemIndex: number,
	app: LinkedApp,
): Outcome {
	const { verdict, exchange, endedAt, attempts, clientRequestId, mayBeDuplicate } = delivery;
	const sent = (status: SentFields['status'], fields: Partial<SentFields>): Outcome => ({
		kind: status,
		item: {
			json: withoutEmpty({ status, ...recipients, subject, ...fields }),
			pairedItem: { item: itemIndex },
		},
	});
	// Its key was sent before: nothing left this time.
	if (verdict === 'alreadySent') return sent(verdict, { attempts: 0 });
	if (verdict === 'accepted' && exchange) {
		return sent(verdict, {
			acceptedAt: endedAt.toISOString(),
			...{ attempts, clientRequestId },
			...(mayBeDuplicate ? { mayBeDuplicate } : {}),
			...idsOf(exchange, app.secrets),
		});
	}
	const failure = failureOf(delivery, app, where);
	return failure ? { kind: 'failed', failure } : { kind: 'notTried' };
}

/** Why an email was not sent, or is not known to be; undefined for one that was not tried. */
export function failureOf(
	{ verdict, exchange, clientRequestId, mayBeDuplicate, keyCause }: Delivery,
	app: LinkedApp,
	where: WhereToLook,
): Failure | undefined {
	if (verdict === 'startedBefore') {
		return { ...explainStartedBefore(where), details: { clientRequestId } };
	}
	if (verdict === 'keyNotKept') return explainKeyNotKept(keyCause, app);
	if (!exchange || verdict === 'accepted') return undefined;
	const failure = explainExchange(exchange, clientRequestId, app, where);
	return mayBeDuplicate ? explainEarlierUnknown(failure, where) : failure;
}

/** What the output repeats of an email; its content is released as soon as it is sent. */
export interface MailSummary {
	subject: string;
	recipients: Mail['recipients'];
	where: WhereToLook;
}

export function summaryOf({ message, recipients, saveToSentItems }: Mail): MailSummary {
	return {
		subject: message.subject ?? '',
		recipients,
		where: deferralOf(message) ? 'outbox' : saveToSentItems ? 'sentItems' : 'nowhere',
	};
}
