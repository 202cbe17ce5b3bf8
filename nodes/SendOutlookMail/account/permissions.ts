/**
 * What the connection asks Entra ID for: to send as the person who signs in, and to go on doing so
 * without that person at the keyboard. Nothing is read.
 * https://learn.microsoft.com/graph/permissions-reference#mailsend
 */
export const BASE_SCOPES = ['Mail.Send', 'offline_access'] as const;

/** The scope of an app to which nothing can be added. */
export const BASE_SCOPE = BASE_SCOPES.join(' ');

/** Delegated permissions that the owner of a customer-owned app may add. */
export const OPTIONAL_PERMISSIONS = {
	'Mail.ReadWrite': {
		displayName: 'Mail.ReadWrite: Attachments Above 3 MB',
		description: 'Large files travel through a draft, which this permission creates and removes',
	},
	'Mail.Send.Shared': {
		displayName: 'Mail.Send.Shared: Send From a Shared Mailbox',
		description: 'The mailbox must also grant the linked account Send As or Send on Behalf',
	},
} as const;

export type OptionalPermission = keyof typeof OPTIONAL_PERMISSIONS;
