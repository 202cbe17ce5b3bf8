import type { Message } from '@microsoft/microsoft-graph-types';

import { readBody } from './body';
import { readCategories } from './options/categories';
import { readDeferral } from './options/deferral';
import { readFollowUp } from './options/followUp';
import { readHeaders } from './options/headers';
import { readImportance } from './options/importance';
import type { Composition } from './mail';
import type { Refusal } from './issues';
import type { Parameters } from './parameters';
import type { Mailbox } from './address/mailbox';
import { readFrom, readRecipients, readReplyTo, toRecipient } from './recipients';
import { readSensitivity } from './options/sensitivity';
import { readSubject } from './subject';
import { readSwitch } from './options/switches';
import { bodyWarnings, nameWarnings, replyToWarnings, subjectWarnings } from './warnings';

/**
 * Turns a designer's parameters into a message for Graph, or says of every field why it cannot.
 *
 * Pure: no clock, no network, nothing of n8n, and nothing that it is given is changed. Never throws
 * for what parameters hold. All refusals come at once, in the order of the fields in the node.
 */
export function composeMessage(parameters: Parameters): Composition {
	const { options, timeZone } = parameters;
	const readings = {
		recipients: readRecipients({ to: parameters.to, cc: options.cc, bcc: options.bcc }),
		subject: readSubject(parameters.subject),
		body: readBody(parameters.bodyType, parameters.body),
		from: readFrom(options.from),
		replyTo: readReplyTo(options.replyTo),
		importance: readImportance(options.importance),
		sensitivity: readSensitivity(options.sensitivity),
		categories: readCategories(options.categories),
		headers: readHeaders(options.headers),
		readReceipt: readSwitch('readReceipt', options.readReceipt),
		deliveryReceipt: readSwitch('deliveryReceipt', options.deliveryReceipt),
		saveToSentItems: readSwitch('saveToSentItems', options.saveToSentItems),
		followUp: readFollowUp(options.followUp, timeZone),
		deferral: readDeferral(options.deferUntil, timeZone, parameters.now),
	};
	const { recipients, subject, body, from, replyTo } = readings;
	const { to = [], cc = [], bcc = [] } = recipients.value ?? {};
	const warnings = [
		...Object.values(readings).flatMap((reading) => reading.warnings),
		...(subject.value === undefined ? [] : subjectWarnings(subject.value)),
		...(body.value === undefined ? [] : bodyWarnings(body.value)),
		...replyToWarnings(from.value, replyTo.value ?? []),
		...nameWarnings('to', to),
		...nameWarnings('cc', cc),
		...nameWarnings('bcc', bcc),
		...nameWarnings('replyTo', replyTo.value ?? []),
		...nameWarnings('from', from.value ? [from.value] : []),
	];
	const [refusal, ...others]: Refusal[] = Object.values(readings).flatMap(
		(reading) => reading.refusals,
	);
	if (refusal) return { warnings, refusals: [refusal, ...others] };

	const extended = [readings.sensitivity.value, readings.deferral.value].filter(
		(property) => property !== undefined,
	);
	const message: Message = {
		...present('subject', subject.value),
		...present('body', body.value),
		toRecipients: to.map(toRecipient),
		...listed('ccRecipients', cc.map(toRecipient)),
		...listed('bccRecipients', bcc.map(toRecipient)),
		...listed('replyTo', (replyTo.value ?? []).map(toRecipient)),
		...present('from', from.value && toRecipient(from.value)),
		...present('importance', readings.importance.value),
		...listed('categories', readings.categories.value ?? []),
		...listed('internetMessageHeaders', readings.headers.value ?? []),
		...present('isReadReceiptRequested', readings.readReceipt.value),
		...present('isDeliveryReceiptRequested', readings.deliveryReceipt.value),
		...present('flag', readings.followUp.value),
		...listed('singleValueExtendedProperties', extended),
	};
	return {
		mail: {
			message,
			// Graph's own default for sendMail.
			saveToSentItems: readings.saveToSentItems.value ?? true,
			recipients: { to: addresses(to), cc: addresses(cc), bcc: addresses(bcc) },
		},
		warnings,
		refusals: [],
	};
}

/** A property that was not set is left out, rather than sent as null and taken for a choice. */
function present<K extends keyof Message>(
	key: K,
	value: Message[K] | undefined,
): Pick<Message, K> | object {
	return value === undefined ? {} : { [key]: value };
}

function listed<K extends keyof Message>(
	key: K,
	list: Message[K] & unknown[],
): Pick<Message, K> | object {
	return list.length === 0 ? {} : { [key]: list };
}

function addresses(mailboxes: Mailbox[]): string[] {
	return mailboxes.map(({ address }) => address);
}
