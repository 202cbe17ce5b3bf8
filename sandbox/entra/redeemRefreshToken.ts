import type { Cloud } from '../cloud';
import type { RefreshToken } from './grants';
import { issueTokens } from './issueTokens';
import { Refusal } from './refusal';
import { parseScopes, permissionsOf } from './scopes';
import type { TokenAnswer, TokenRequest } from './tokenEndpoint';

/** `grant_type=refresh_token`; each answer brings a new refresh token. */
export async function redeemRefreshToken(
	{ form, app, path }: TokenRequest,
	cloud: Cloud,
): Promise<TokenAnswer> {
	const value = form['refresh_token'];
	if (value === undefined || value === '') {
		throw new Refusal(900144, { parameter: 'refresh_token' });
	}
	const token = cloud.grants.refreshToken(value);
	if (token === undefined || token.appId !== app.id) {
		throw new Refusal(70000, { parameter: 'refresh_token' });
	}
	checkLife(token);
	const account = cloud.directory.account(token.accountId);
	if (account === undefined) throw new Refusal(70000, { parameter: 'refresh_token' });
	if (!account.enabled) throw new Refusal(50057);
	if (path.kind === 'tenant' && path.tenant.id !== account.tenantId) {
		throw new Refusal(50020, {
			user: account.userPrincipalName,
			home: account.tenantId,
			tenant: path.tenant.name,
			app: app.id,
			name: app.name,
		});
	}
	const asked = form['scope'];
	const scopes =
		asked === undefined ? token.scopes : parseScopes(asked, cloud.graphOrigin, app.name);
	if (cloud.consents.missing(account, app, permissionsOf(scopes)).length > 0) {
		throw new Refusal(65001, { app: app.id, name: app.name });
	}

	cloud.journal.counters.tokenRefreshes += 1;
	// The client is asked to drop the old one. @cites tokenRenews, oldRefreshTokenStays
	if (cloud.settings.refreshTokensOnce) {
		token.refusedWith = 70000;
	}
	return await issueTokens({ ...token, scopes }, app, cloud);
}

function checkLife(token: RefreshToken): void {
	if (token.refusedWith === undefined) return;
	throw new Refusal(token.refusedWith, {
		parameter: 'refresh_token',
		issuedAt: token.issuedAt.toISOString(),
		validFrom: (token.revokedAt ?? new Date()).toISOString(),
	});
}
