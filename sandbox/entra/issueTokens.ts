import type { Cloud } from '../cloud';
import type { Application } from '../directory';
import type { Grant } from './grants';
import { Refusal } from './refusal';
import { permissionsOf } from './scopes';
import type { TokenAnswer } from './tokenEndpoint';

/** The successful answer of the token endpoint. */
export async function issueTokens(
	grant: Grant,
	app: Application,
	cloud: Cloud,
): Promise<TokenAnswer> {
	const account = cloud.directory.account(grant.accountId);
	if (account === undefined) throw new Refusal(50034, { user: grant.accountId, tenant: 'this' });
	const permissions = permissionsOf(grant.scopes);
	const { token, expiresIn } = await cloud.accessTokens.issue(account, app, permissions);
	// offline_access is never echoed; the other OpenID scopes are.
	const scope = grant.scopes.filter((name) => name !== 'offline_access').join(' ');
	const renewable = grant.scopes.includes('offline_access');
	const identified = grant.scopes.includes('openid');
	return {
		token_type: 'Bearer',
		scope,
		expires_in: expiresIn,
		ext_expires_in: expiresIn,
		access_token: token,
		...(renewable ? { refresh_token: cloud.grants.addRefreshToken(withoutCode(grant)) } : {}),
		...(identified
			? { id_token: await cloud.accessTokens.issueIdentity(account, app, grant.nonce) }
			: {}),
	};
}

function withoutCode({ appId, accountId, tenantId, scopes, nonce }: Grant): Grant {
	return { appId, accountId, tenantId, scopes, ...(nonce === undefined ? {} : { nonce }) };
}
