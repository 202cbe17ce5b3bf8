import type { SenderRights } from './senderRights';

/**
 * A mail that names its sender needs the Mail.Send.Shared permission. That the sender may be the
 * linked mailbox itself does not help: which one that is, a token of these permissions does not tell.
 * https://learn.microsoft.com/graph/outlook-send-mail-from-other-user
 *
 * @param from the address in From; undefined if the mail leaves from the linked mailbox
 */
export function refuseForeignSender(from: string | undefined, rights: SenderRights) {
	if (from === undefined || !rights.granted || rights.granted.has('Mail.Send.Shared')) return [];
	return [
		{
			field: 'From',
			parameter: 'from',
			value: from,
			cause:
				'To send from a mailbox that is named, the linked account needs the Mail.Send.Shared permission.',
			remedy: `${rights.howToGet('Mail.Send.Shared')} If From is the linked mailbox itself, remove the option.`,
		},
	];
}
