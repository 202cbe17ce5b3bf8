import type { IExecuteFunctions } from 'n8n-workflow';
import { AccountRefusal } from '../outcome/accountRefusal';
import { readSenderRights, type SenderRights } from './senderRights';
import { readConnection, type Application, type Connection } from './connection';

/** The Outlook account that a designer linked, as far as the node needs to know it. */
export interface LinkedAccount extends Connection {
	credentialType: string;
	rights: SenderRights;
}

/**
 * @throws {AccountRefusal} when a field of the credential breaks a rule, or nobody has signed in yet
 */
export async function readLinkedAccount(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
	credentialType: string,
	application: Application,
): Promise<LinkedAccount> {
	const credential = await context.getCredentials(credentialType);
	const connection = readConnection(credential, application);
	if (!isConnected(credential.oauthTokenData)) {
		throw new AccountRefusal(
			'notConnected',
			'The Outlook account is not connected yet',
			'Open the credential, press Connect my account, sign in and accept the permissions.',
		);
	}
	return { ...connection, credentialType, rights: readSenderRights(credential, application) };
}

function isConnected(tokenData: unknown): boolean {
	return (
		typeof tokenData === 'object' &&
		tokenData !== null &&
		Boolean((tokenData as { access_token?: unknown }).access_token)
	);
}
