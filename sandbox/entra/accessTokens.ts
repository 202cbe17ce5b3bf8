import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT, errors, type JWK } from 'jose';
import type { Account, Application } from '../directory';

export interface AccessClaims {
	readonly tenantId: string;
	/** Absent in a token that an app got for itself. */
	readonly accountId?: string;
	readonly appId: string;
	readonly scopes: readonly string[];
}

export interface IssuedAccess extends AccessClaims {
	readonly id: string;
	/** Epoch milliseconds. */
	expiresAt: number;
}

export type AccessCheck =
	| { readonly ok: true; readonly access: IssuedAccess }
	| { readonly ok: false; readonly reason: 'malformed' | 'signature' | 'audience' | 'expired' };

const KEY_ID = 'sandbox-1';

let keyPair: ReturnType<typeof generateKeyPair> | undefined;

/** Signs access tokens as Entra ID does (JWT, RS256), and checks them as Graph does. */
export class AccessTokens {
	private readonly issued = new Map<string, IssuedAccess>();
	// Checking an RSA signature takes longer than all else in a request, so a token is checked once.
	private readonly checked = new Map<string, IssuedAccess>();

	constructor(
		private readonly origins: { loginOrigin: string; graphOrigin: string },
		private readonly lifetimeSeconds: () => number,
	) {
		keyPair ??= generateKeyPair('RS256');
	}

	async publicKeys(): Promise<{ keys: JWK[] }> {
		const { publicKey } = await this.keys();
		return { keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID, use: 'sig', alg: 'RS256' }] };
	}

	/** For a person: delegated permissions in `scp`. */
	async issue(account: Account, app: Application, scopes: readonly string[]) {
		const person = {
			name: account.displayName,
			oid: account.id,
			scp: scopes.join(' '),
			upn: account.userPrincipalName,
		};
		const claims = { tenantId: account.tenantId, accountId: account.id, appId: app.id, scopes };
		return await this.issueAccess(claims, { app_displayname: app.name, ...person });
	}

	/** For the app itself, without application permissions: it may do nothing. */
	async issueToApp(app: Application, tenantId: string) {
		const claims = { tenantId, appId: app.id, scopes: [] };
		return await this.issueAccess(claims, { app_displayname: app.name, idtyp: 'app' });
	}

	private async issueAccess(claims: AccessClaims, own: Readonly<Record<string, unknown>>) {
		const id = randomUUID();
		const lifetime = this.lifetimeSeconds();
		const now = Math.floor(Date.now() / 1000);
		const token = await this.sign({
			aud: this.origins.graphOrigin,
			iss: `${this.origins.loginOrigin}/${claims.tenantId}/`,
			iat: now,
			nbf: now,
			exp: now + lifetime,
			appid: claims.appId,
			tid: claims.tenantId,
			uti: id,
			ver: '1.0',
			...own,
		});
		this.issued.set(id, { ...claims, id, expiresAt: (now + lifetime) * 1000 });
		return { token, expiresIn: lifetime };
	}

	async issueIdentity(account: Account, app: Application, nonce: string | undefined) {
		const now = Math.floor(Date.now() / 1000);
		return await this.sign({
			aud: app.id,
			iss: `${this.origins.loginOrigin}/${account.tenantId}/v2.0`,
			iat: now,
			nbf: now,
			exp: now + 3600,
			name: account.displayName,
			oid: account.id,
			preferred_username: account.userPrincipalName,
			sub: account.id,
			tid: account.tenantId,
			ver: '2.0',
			...(nonce === undefined ? {} : { nonce }),
		});
	}

	async check(token: string): Promise<AccessCheck> {
		const access = this.checked.get(token);
		if (access === undefined) return await this.verify(token);
		return Date.now() < access.expiresAt ? { ok: true, access } : { ok: false, reason: 'expired' };
	}

	/** Ends the life of every token issued so far, or of those of one app. */
	expire(appId?: string): void {
		for (const access of this.issued.values()) {
			if (appId === undefined || access.appId === appId) access.expiresAt = 0;
		}
	}

	private async verify(token: string): Promise<AccessCheck> {
		const { publicKey } = await this.keys();
		try {
			const { payload } = await jwtVerify(token, publicKey, {
				algorithms: ['RS256'],
				audience: this.origins.graphOrigin,
			});
			const access = this.issued.get(String(payload['uti']));
			if (access === undefined) return { ok: false, reason: 'signature' };
			this.checked.set(token, access);
			return await this.check(token);
		} catch (error) {
			return { ok: false, reason: reasonOf(error) };
		}
	}

	private async sign(claims: Record<string, unknown>): Promise<string> {
		const { privateKey } = await this.keys();
		return await new SignJWT(claims)
			.setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: KEY_ID })
			.sign(privateKey);
	}

	private async keys() {
		keyPair ??= generateKeyPair('RS256');
		return await keyPair;
	}
}

function reasonOf(error: unknown): 'malformed' | 'signature' | 'audience' | 'expired' {
	if (error instanceof errors.JWTExpired) return 'expired';
	if (error instanceof errors.JWTClaimValidationFailed) return 'audience';
	if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
	return 'malformed';
}
