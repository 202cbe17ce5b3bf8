import type { IExecuteFunctions } from 'n8n-workflow';
import { KnownSecrets } from '../facts/knownSecrets';
import { AccountRefusal } from '../facts/accountRefusal';
import type { LinkedApp } from './linkedApp';
import { refuseCertificate } from './certificateSupport';
import { readExpiry, type Expiry } from './expiry';
import { readSenderRights, type SenderRights } from './senderRights';
import type { Application } from './application';
import {
	readAllowedRecipients,
	readConnection,
	type Connection,
	type CredentialData,
} from './connection';

/** The Outlook account that a designer linked, as far as the node needs to know it. */
export interface LinkedAccount extends Connection {
	credentialType: string;
	rights: SenderRights;
	/**
	 * Who may be sent to, as n8n hands it over and unread: undefined where the credential has no such
	 * field, null where an expression came to nothing.
	 */
	allowedRecipients?: unknown;
	/** Whose app it is, and the credential's name, for explanations. */
	app: LinkedApp;
	/** When secret or certificate end, where the credential tells. */
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
	return { owner: application, credentialName, secrets: new KnownSecrets() };
}

export const NOT_CONNECTED = {
	code: 'notConnected',
	message: 'The Outlook account is not connected yet',
	remedy: 'Open the credential, connect the account, sign in and accept the permissions.',
} as const;

/** @throws {AccountRefusal} when a field of the credential breaks a rule */
export function describeAccount(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	credential: CredentialData,
	{ credentialType, app, now }: { credentialType: string; app: NamedApp; now: Date },
): LinkedAccount {
	app.secrets.addCredential(credential);
	return {
		...readConnection(credential, app.owner),
		credentialType,
		app,
		rights: readSenderRights(credential, app.owner),
		allowedRecipients: readAllowedRecipients(credential),
		expiry: readExpiry(credential, now),
		cannotRenew: refuseCertificate({ helpers }, credential),
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
