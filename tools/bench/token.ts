import { createHash, randomBytes } from 'node:crypto';
import type { SandboxProcess } from './sandboxProcess';

const REDIRECT_URI = 'http://localhost:5678/rest/oauth2-credential/callback';

/** Signs Adele in to the customer's app of a sandbox without TLS and returns her access token. */
export async function signInForToken(sandbox: SandboxProcess): Promise<string> {
	const { apps, tenants, accounts } = await sandbox.directory();
	const app = apps.customerSecret;
	const verifier = randomBytes(32).toString('base64url');
	const endpoint = `${sandbox.loginOrigin}/${tenants.contoso.id}/oauth2/v2.0`;
	const authorizeUrl = `${endpoint}/authorize?${new URLSearchParams({
		client_id: app.id,
		redirect_uri: REDIRECT_URI,
		response_type: 'code',
		response_mode: 'query',
		state: 'bench',
		scope: 'Mail.Send offline_access',
		code_challenge: createHash('sha256').update(verifier).digest('base64url'),
		code_challenge_method: 'S256',
	}).toString()}`;
	const { redirectUrl } = await sandbox.signIn({
		authorizeUrl,
		account: accounts.adele.userPrincipalName,
	});
	const response = await fetch(`${endpoint}/token`, {
		method: 'POST',
		body: new URLSearchParams({
			grant_type: 'authorization_code',
			code: new URL(redirectUrl).searchParams.get('code') ?? '',
			redirect_uri: REDIRECT_URI,
			client_id: app.id,
			client_secret: app.secrets[0]!.value,
			code_verifier: verifier,
		}),
	});
	const answer = (await response.json()) as { access_token?: string; error_description?: string };
	if (!answer.access_token) throw new Error(answer.error_description);
	return answer.access_token;
}
