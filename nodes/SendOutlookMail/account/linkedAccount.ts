import type { IExecuteFunctions } from 'n8n-workflow';
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
	/** Whom the account may send to, as stored: domains or addresses; empty means anyone. */
	allowedRecipients: string;
	/** Whose app it is, and the credential's name, for explanations. */
	app: LinkedApp;
	/** When secret or certificate end, where the credential tells. */
	expiry?: Expiry | undefined;
	/** Why this n8n cannot renew the account's token, where that is known beforehand. */
	cannotRenew?: AccountRefusal | undefined;
}

/** Names a node's credential for explanations, without reading it. */
export function nameLinkedApp(
	context: Pick<IExecuteFunctions, 'getNode'>,
	credentialType: string,
	application: Application,
): LinkedApp {
	const credentialName = context.getNode().credentials?.[credentialType]?.name;
	return { owner: application, credentialName };
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
	{
		credentialType,
		application,
		now,
	}: { credentialType: string; application: Application; now: Date },
): LinkedAccount {
	return {
		...readConnection(credential, application),
		credentialType,
		app: nameLinkedApp(context, credentialType, application),
		rights: readSenderRights(credential, application),
		allowedRecipients: readAllowedRecipients(credential, application),
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
	const account = describeAccount(context, credential, { credentialType, application, now });
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
