import type { INodeExecutionData } from 'n8n-workflow';
import type { LinkedApp } from '../account/application';
import type { Delivery } from '../delivery/job';
import { explainExchange } from '../explain/exchange';
import { explainKeyNotKept } from '../explain/refusals';
import {
	explainEarlierUnknown,
	type WhereToLook,
	explainStartedBefore,
} from '../explain/unknownOutcome';
import type { Failure } from '../facts/failure';
import { idsOf, type Exchange } from '../graph/exchange';
import { deferralOf } from '../mail/dates';
import type { Mail } from '../mail/mail';
import { withoutEmpty, type SentFields } from './fields';

/** What became of one input item. */
export type Outcome =
	| { kind: 'accepted' | 'alreadySent'; item: INodeExecutionData }
	| { kind: 'failed'; failure: Failure }
	| { kind: 'notTried' };

/** @param summary of the email that was delivered */
export function outcomeOf(
	summary: MailSummary,
	delivery: Delivery,
	itemIndex: number,
	app: LinkedApp,
): Outcome {
	const { verdict, exchange } = delivery;
	if (verdict === 'alreadySent') {
		return { kind: verdict, item: alreadySentItem(summary, itemIndex) };
	}
	if (verdict === 'accepted' && exchange) {
		return { kind: verdict, item: acceptedItem(summary, exchange, delivery, itemIndex, app) };
	}
	const failure = failureOf(delivery, app, summary.where);
	return failure ? failed(failure) : { kind: 'notTried' };
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

export function failed(failure: Failure): Outcome {
	return { kind: 'failed', failure };
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

/**
 * The output item of an email that Graph accepted. Says `accepted`, never *sent*: Graph answers before
 * Exchange delivers, and bad addresses come back to the sender's inbox later.
 */
function acceptedItem(
	summary: MailSummary,
	exchange: Exchange,
	{ endedAt, attempts, clientRequestId, mayBeDuplicate }: Delivery,
	itemIndex: number,
	{ secrets }: LinkedApp,
): INodeExecutionData {
	return sentItem(itemIndex, {
		status: 'accepted',
		...fieldsOf(summary),
		acceptedAt: endedAt.toISOString(),
		attempts,
		clientRequestId,
		...(mayBeDuplicate ? { mayBeDuplicate } : {}),
		...idsOf(exchange, secrets),
	});
}

/** The output item of an email whose key was sent before: nothing left this time. */
function alreadySentItem(summary: MailSummary, itemIndex: number): INodeExecutionData {
	return sentItem(itemIndex, { status: 'alreadySent', ...fieldsOf(summary), attempts: 0 });
}

function fieldsOf({ subject, recipients: { to, cc, bcc } }: MailSummary) {
	return { to, cc, bcc, subject };
}

function sentItem(item: number, fields: SentFields): INodeExecutionData {
	return { json: withoutEmpty(fields), pairedItem: { item } };
}
