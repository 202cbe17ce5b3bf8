import type { KnownSecrets } from '../facts/knownSecrets';

/** Whose application signs in: RoboMQ's, or one that the customer registered. */
export type Application = 'roboMq' | 'customer';

/** The credential type of each application. */
export const CREDENTIAL_TYPES: Readonly<Record<Application, string>> = {
	roboMq: 'roboMqOutlookOAuth2Api',
	customer: 'customerOutlookOAuth2Api',
};

/**
 * What the connection asks Entra ID for: to send as the person who signs in, and to go on doing so
 * without that person at the keyboard. Nothing is read.
 * https://learn.microsoft.com/graph/permissions-reference#mailsend
 */
export const BASE_SCOPES = ['Mail.Send', 'offline_access'] as const;

/** The scope of an app to which nothing can be added. */
export const BASE_SCOPE = BASE_SCOPES.join(' ');

/** Delegated permissions that the owner of a customer-owned application may add, as n8n lists them. */
export const OPTIONAL_PERMISSIONS = {
	'Mail.ReadWrite': {
		name: 'Mail.ReadWrite: Attachments Above 3 MB',
		description: 'Large files are sent through a draft, which this permission creates and removes',
	},
	'Mail.Send.Shared': {
		name: 'Mail.Send.Shared: Send From a Shared Mailbox',
		description: 'The mailbox must also grant the linked account Send As or Send on Behalf',
	},
} as const;

export type OptionalPermission = keyof typeof OPTIONAL_PERMISSIONS;

/** Which application is concerned, and through which credential: they decide who can fix it. */
export interface LinkedApp {
	application: Application;
	/** As the designer named it in n8n. */
	credentialName?: string | undefined;
	/** What must not be repeated in an explanation. */
	secrets?: KnownSecrets | undefined;
}

/** A credential's data as n8n hands it to the node; every field may be missing. */
export type CredentialData = Readonly<Record<string, unknown>>;
