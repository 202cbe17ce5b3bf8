import { randomBytes } from 'node:crypto';

/** What a person agreed to on the pages: the content of a code and of a refresh token. */
export interface Grant {
	readonly appId: string;
	readonly accountId: string;
	/** Where the account signed in: a tenant's GUID. */
	readonly tenantId: string;
	/** All scopes, OpenID's among them. */
	readonly scopes: readonly string[];
	readonly nonce?: string;
}

export interface AuthorizationCode extends Grant {
	readonly redirectUri: string;
	readonly challenge?: { readonly value: string; readonly method: 'S256' | 'plain' };
	readonly issuedAt: Date;
	redeemed: boolean;
}

export interface RefreshToken extends Grant {
	readonly issuedAt: Date;
	/** AADSTS code with which it is refused, once it is revoked or has expired. */
	refusedWith?: number;
	revokedAt?: Date;
}

const opaque = (prefix: string) => `${prefix}.${randomBytes(48).toString('base64url')}`;

/** Codes and refresh tokens that are out, by value. */
export class Grants {
	private readonly codes = new Map<string, AuthorizationCode>();
	private readonly refreshTokens = new Map<string, RefreshToken>();

	addCode(code: Omit<AuthorizationCode, 'issuedAt' | 'redeemed'>): string {
		const value = opaque('1.SandboxCode');
		this.codes.set(value, { ...code, issuedAt: new Date(), redeemed: false });
		return value;
	}

	code(value: string): AuthorizationCode | undefined {
		return this.codes.get(value);
	}

	addRefreshToken(grant: Grant): string {
		const value = opaque('1.SandboxRefresh');
		this.refreshTokens.set(value, { ...grant, issuedAt: new Date() });
		return value;
	}

	refreshToken(value: string): RefreshToken | undefined {
		return this.refreshTokens.get(value);
	}

	/** Refuses every refresh token that is out, or those of one app, with this AADSTS code. */
	revoke(appId: string | undefined, refusedWith: number): void {
		for (const token of this.refreshTokens.values()) {
			if (appId !== undefined && token.appId !== appId) continue;
			token.refusedWith = refusedWith;
			token.revokedAt = new Date();
		}
	}
}
