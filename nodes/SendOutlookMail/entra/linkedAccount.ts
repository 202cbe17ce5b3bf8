import type { IExecuteFunctions } from 'n8n-workflow';
import { readConnection, type Application, type Connection } from './connection';

/** The Outlook account that a designer linked, as far as the node needs to know it. */
export interface LinkedAccount extends Connection {
	credentialType: string;
}

/** A credential whose owner has not pressed *Connect my account* yet. */
export class NotConnected extends Error {
	override readonly name = 'NotConnected';
}

/**
 * @throws {ConnectionRefusal} when a field of the credential breaks a rule
 * @throws {NotConnected} when nobody has signed in yet
 */
export async function readLinkedAccount(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
	credentialType: string,
	application: Application,
): Promise<LinkedAccount> {
	const credential = await context.getCredentials(credentialType);
	const connection = readConnection(credential, application);
	if (!isConnected(credential.oauthTokenData)) throw new NotConnected();
	return { ...connection, credentialType };
}

function isConnected(tokenData: unknown): boolean {
	return (
		typeof tokenData === 'object' &&
		tokenData !== null &&
		Boolean((tokenData as { access_token?: unknown }).access_token)
	);
}
