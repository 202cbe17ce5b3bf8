import type { Recipient } from '@microsoft/microsoft-graph-types';
import { GraphRefusal } from './graphError';
import type { WritableMessage } from './messageShape';

/** One mailbox of RFC 5321: letters of any script, no display name, no second address. */
const ADDRESS =
	/^(?:"(?:[^"\\\r\n]|\\.)+"|[^\s@<>()[\]\\,;:"]+)@(?!-)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u;

export function isAddress(text: string): boolean {
	if (text.length > 254 || !ADDRESS.test(text)) return false;
	const localPart = text.slice(0, text.lastIndexOf('@'));
	return localPart.length <= 64 && !/^\.|\.\.|\.$/.test(localPart);
}

export function addressOf(recipient: Recipient | null | undefined): string {
	return recipient?.emailAddress?.address ?? '';
}

/**
 * Refuses a message without recipients, with too many, or with one that is no address.
 * @cites probeWithoutRecipients, recipientLimit, invalidRecipientsAtTimes
 */
export function checkRecipients(message: WritableMessage, limit: number): void {
	const { toRecipients, ccRecipients, bccRecipients, replyTo } = message;
	const recipients = [toRecipients, ccRecipients, bccRecipients].flatMap((list) => list ?? []);
	if (recipients.length === 0) {
		throw new GraphRefusal(400, 'ErrorInvalidRecipients', 'At least one recipient is required.');
	}
	if (recipients.length > limit) {
		throw new GraphRefusal(
			400,
			'ErrorInvalidRecipients',
			`The message has ${recipients.length} recipients, the limit of the mailbox is ${limit}.`,
		);
	}
	const wrong = [...recipients, ...(replyTo ?? [])].find((each) => !isAddress(addressOf(each)));
	if (wrong === undefined) return;
	throw new GraphRefusal(
		400,
		'ErrorInvalidRecipients',
		`At least one recipient is not valid., Recipient '${addressOf(wrong)}' is not resolved. All recipients must be resolved before a message can be submitted.`,
	);
}
