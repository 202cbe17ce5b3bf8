import { createHash, randomBytes } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Sandbox } from '#sandbox/index';
import type { CredentialStore } from './credentialStore';

/** Any loopback address that the sandbox's apps have registered; nothing listens there. */
export const REDIRECT_URI = 'http://localhost:5678/rest/oauth2-credential/callback';

/**
 * Links an account the way n8n's credential dialog does: authorization code with PKCE, client
 * authentication in the body, every URL and scope from the credential itself.
 *
 * @returns the sign-in URL, for those who want to look at it
 */
export async function connectAccount(
	store: CredentialStore,
	credentialId: string,
	sandbox: Sandbox,
	account: string,
): Promise<URL> {
	const credential = store.resolve(credentialId);
	const verifier = randomBytes(32).toString('base64url');
	const authorizeUrl = new URL(String(credential.authUrl));
	const query: Record<string, string> = {
		...Object.fromEntries(new URLSearchParams(String(credential.authQueryParameters))),
		client_id: String(credential.clientId),
		redirect_uri: REDIRECT_URI,
		response_type: 'code',
		state: 'engine',
		scope: String(credential.scope),
		code_challenge: createHash('sha256').update(verifier).digest('base64url'),
		code_challenge_method: 'S256',
	};
	for (const [name, value] of Object.entries(query)) authorizeUrl.searchParams.set(name, value);

	const { redirectUrl } = await sandbox.signIn({ authorizeUrl: authorizeUrl.href, account });
	const code = new URL(redirectUrl).searchParams.get('code');
	if (code === null) throw new Error(`Sign-in was refused: ${redirectUrl}`);
	const stored = store.find(credentialId);
	stored.data = {
		...stored.data,
		oauthTokenData: await redeem(credential, code, verifier),
	} as ICredentialDataDecryptedObject;
	return authorizeUrl;
}

async function redeem(
	{ accessTokenUrl, clientId, clientSecret }: ICredentialDataDecryptedObject,
	code: string,
	verifier: string,
): Promise<unknown> {
	const response = await fetch(String(accessTokenUrl), {
		method: 'POST',
		body: new URLSearchParams({
			grant_type: 'authorization_code',
			code,
			redirect_uri: REDIRECT_URI,
			client_id: String(clientId),
			client_secret: String(clientSecret),
			code_verifier: verifier,
		}),
	});
	const answer = (await response.json()) as { error_description?: string };
	if (!response.ok) throw new Error(answer.error_description);
	return answer;
}
