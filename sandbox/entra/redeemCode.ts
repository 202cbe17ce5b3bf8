import type { Cloud } from '../cloud';
import { checkVerifier } from './pkce';
import { Refusal } from './refusal';
import { parseScopes } from './scopes';
import { issueTokens } from './issueTokens';
import type { TokenAnswer, TokenRequest } from './tokenEndpoint';

/** learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow: about ten minutes. D */
const CODE_LIFETIME_MS = 10 * 60 * 1000;

/** `grant_type=authorization_code` */
export async function redeemCode(
	{ form, app, path }: TokenRequest,
	cloud: Cloud,
): Promise<TokenAnswer> {
	const value = form['code'];
	if (value === undefined || value === '') throw new Refusal(900144, { parameter: 'code' });
	const code = cloud.grants.code(value);
	if (code === undefined || code.appId !== app.id) {
		throw new Refusal(70000, { parameter: 'code' });
	}
	if (path.kind === 'tenant' && path.tenant.id !== code.tenantId) throw new Refusal(700005);
	if (code.redeemed) throw new Refusal(54005);
	if (Date.now() - code.issuedAt.getTime() > CODE_LIFETIME_MS) throw new Refusal(70008);

	const redirectUri = form['redirect_uri'];
	if (redirectUri === undefined) throw new Refusal(900144, { parameter: 'redirect_uri' });
	if (redirectUri !== code.redirectUri) {
		throw new Refusal(500112, { redirectUri, expected: code.redirectUri });
	}
	checkVerifier(code.challenge, form['code_verifier']);

	const asked = form['scope'];
	const scopes =
		asked === undefined ? code.scopes : parseScopes(asked, cloud.graphOrigin, app.name);
	// The same scopes, or a subset of those of the authorize request. D
	const extra = scopes.find((scope) => !code.scopes.includes(scope) && !isOpenId(scope));
	if (extra !== undefined) throw new Refusal(70011, { scope: extra });

	code.redeemed = true;
	return await issueTokens({ ...code, scopes }, app, cloud);
}

// MSAL adds openid, profile and offline_access to each request by itself.
function isOpenId(scope: string): boolean {
	return ['openid', 'profile', 'email', 'offline_access'].includes(scope);
}
