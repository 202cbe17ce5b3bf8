import type { Cloud } from '../cloud';
import type { Account, Mailbox } from '../directory';
import type { IssuedAccess } from '../entra/accessTokens';
import { GraphRefusal } from './graphError';
import type { WritableMessage } from './messageShape';
import { addressOf } from './recipients';

/** Who called Graph, with which rights. */
export interface Caller {
	readonly access: IssuedAccess;
	readonly account: Account;
}

/** Which mailbox a reader sees as the sender, and by which right. */
export interface SentFrom {
	readonly address: string;
	readonly right: 'own' | 'sendAs' | 'sendOnBehalf';
}

export function accessDenied(): GraphRefusal {
	return new GraphRefusal(
		403,
		'ErrorAccessDenied',
		'Access is denied. Check credentials and try again.',
	);
}

export function requireScope({ access }: Caller, ...anyOf: string[]): void {
	if (!anyOf.some((scope) => access.scopes.includes(scope))) throw accessDenied();
}

/** The account's own mailbox. */
export function mailboxOf({ account }: Caller, cloud: Cloud): Mailbox {
	const mailbox = cloud.directory.mailbox(account.userPrincipalName);
	if (mailbox !== undefined) return mailbox;
	throw new GraphRefusal(
		404,
		'MailboxNotEnabledForRESTAPI',
		'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
	);
}

/** The permission and the right. @cites sharedMailbox */
export function resolveSender(message: WritableMessage, caller: Caller, cloud: Cloud): SentFrom {
	const own = caller.account.userPrincipalName.toLowerCase();
	const named = [message.from, message.sender]
		.filter((recipient) => recipient !== null && recipient !== undefined)
		.map((recipient) => addressOf(recipient).toLowerCase());
	const other = named.find((address) => address !== own);
	if (other === undefined) return { address: own, right: 'own' };
	requireScope(caller, 'Mail.Send.Shared');

	const mailbox = cloud.directory.mailbox(other);
	const sameTenant = mailbox?.tenantId === caller.account.tenantId;
	const user = caller.account.userPrincipalName;
	if (sameTenant && mailbox.sendAs.has(user)) return { address: mailbox.address, right: 'sendAs' };
	if (sameTenant && mailbox.sendOnBehalf.has(user)) {
		return { address: mailbox.address, right: 'sendOnBehalf' };
	}
	throw new GraphRefusal(
		403,
		'ErrorSendAsDenied',
		'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account., Cannot submit message.',
	);
}
