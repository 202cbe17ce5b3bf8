import type { IExecuteFunctions } from 'n8n-workflow';
import { AccountRefusal } from '../facts/accountRefusal';
import { KnownSecrets } from '../facts/knownSecrets';
import type { Application, LinkedApp, CredentialData } from './application';
import { type Connection, readAllowedRecipients, readConnection } from './connection';
import { type Expiry, readExpiry } from './expiry';
import { type SenderRights, readSenderRights } from './permissions';

/** The Outlook account that a designer linked, as far as the node needs to know it. */
export interface LinkedAccount extends Connection {
	credentialType: string;
	/** n8n's ID of the credential. */
	credentialId: string | undefined;
	rights: SenderRights;
	/**
	 * Who may be sent to, as n8n hands it over and unread: undefined where the credential has no such
	 * field, null where an expression came to nothing.
	 */
	allowedRecipients?: unknown;
	/** Whose app it is, and the credential's name, for explanations. */
	app: LinkedApp;
	/** When secret or certificate expire, where the credential holds a date. */
	expiry?: Expiry | undefined;
	/** Why this n8n cannot renew the account's token, where that is known beforehand. */
	cannotRenew?: AccountRefusal | undefined;
}

type NamedApp = LinkedApp & { secrets: KnownSecrets };

/** Names a node's credential for explanations, without reading it. */
export function nameLinkedApp(
	context: Pick<IExecuteFunctions, 'getNode'>,
	credentialType: string,
	application: Application,
): NamedApp {
	const credentialName = context.getNode().credentials?.[credentialType]?.name;
	return { application, credentialName, secrets: new KnownSecrets() };
}

export const NOT_CONNECTED = {
	code: 'notConnected',
	message: 'The Outlook account is not connected yet',
	remedy: 'Open the credential, connect the account, sign in and accept the permissions.',
} as const;

/** @throws {AccountRefusal} when a field of the credential breaks a rule */
export function describeAccount(
	context: Pick<IExecuteFunctions, 'getNode' | 'helpers'>,
	credential: CredentialData,
	{ credentialType, app, now }: { credentialType: string; app: NamedApp; now: Date },
): LinkedAccount {
	app.secrets.addCredential(credential);
	return {
		...readConnection(credential, app.application),
		credentialType,
		credentialId: context.getNode().credentials?.[credentialType]?.id ?? undefined,
		app,
		rights: readSenderRights(credential, app.application),
		allowedRecipients: readAllowedRecipients(credential),
		expiry: readExpiry(credential, now),
		cannotRenew: refuseCertificate(context, credential),
	};
}

/**
 * @throws {AccountRefusal} when a field of the credential breaks a rule, or nobody has signed in yet
 */
export async function readLinkedAccount(
	context: Pick<IExecuteFunctions, 'getCredentials' | 'getNode' | 'helpers'>,
	credentialType: string,
	application: Application,
	now: Date,
): Promise<LinkedAccount> {
	const credential = await context.getCredentials(credentialType);
	const app = nameLinkedApp(context, credentialType, application);
	const account = describeAccount(context, credential, { credentialType, app, now });
	if (!isConnected(credential.oauthTokenData)) {
		const { code, message, remedy } = NOT_CONNECTED;
		throw account.cannotRenew ?? new AccountRefusal(code, message, remedy);
	}
	return account;
}

export function isConnected(tokenData: unknown): boolean {
	return (
		typeof tokenData === 'object' &&
		tokenData !== null &&
		Boolean((tokenData as { access_token?: unknown }).access_token)
	);
}

/** The first n8n that signs in with a certificate: n8n pull request 33227. */
const FIRST_VERSION = '2.30';

/**
 * An n8n that knows no certificates leaves the proof out of every sign-in and renewal; a token that
 * it has can still be used until it expires. Such an n8n has no `getSecureEgressFilter` either: of the
 * releases on npm, n8n-core 2.27.3 has neither, and 2.30.0 and all since have both.
 */
export function refuseCertificate(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	{ clientCredentialType }: CredentialData,
): AccountRefusal | undefined {
	if (clientCredentialType !== 'certificate') return undefined;
	if ((helpers as Partial<typeof helpers>).getSecureEgressFilter) return undefined;
	return new AccountRefusal(
		'certificateNotSupported',
		'This version of n8n cannot sign in with a certificate',
		`Ask your n8n administrator to update n8n to ${FIRST_VERSION} or later, or enter a client secret in the credential and connect the account again. Nothing was sent.`,
	);
}
