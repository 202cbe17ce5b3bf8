import { SYSTEM_CLOCK, type Clock } from '../facts/clock';
import type { KnownSecrets } from '../facts/knownSecrets';
import { renewUnlessRenewed, shareRenewal, type RenewalContext } from './renewal';

/** A token is renewed when it ends sooner than this, in milliseconds. */
const RENEW_AHEAD_MS = 60_000;

export interface AccessTokens {
	/** The token to send now; renewed ahead of time, so that no large body is sent twice. */
	current(): Promise<string>;
	/**
	 * The token to send after Graph rejected one. However many requests and executions ask, there is
	 * one renewal.
	 *
	 * @throws what n8n throws when the token endpoint refuses or cannot be reached
	 */
	renewed(rejected: string): Promise<string>;
}

/** n8n's token data, as far as it is used here. */
interface TokenData {
	access_token?: unknown;
	/** Seconds from the renewal. */
	expires_in?: unknown;
	/** Milliseconds since 1970; only where n8n renewed the token itself. */
	n8n_expires_at?: unknown;
}

interface Token {
	value: string;
	/** From when on it is renewed ahead of time; infinity when its end is not known. */
	renewFromMs: number;
}

/**
 * The token of the linked account, from n8n and renewed through n8n, which keeps the refresh token
 * and one lease per credential, across its processes.
 *
 * @param secrets told of every token, so that none is quoted
 */
export function createAccessTokens(
	context: RenewalContext,
	credentialType: string,
	{ secrets, clock = SYSTEM_CLOCK }: { secrets?: KnownSecrets | undefined; clock?: Clock } = {},
): AccessTokens {
	let known: Token | undefined;
	const isDue = ({ renewFromMs }: Token) => clock.now() >= renewFromMs;

	const stored = async (): Promise<Token> => {
		const { oauthTokenData } = await context.getCredentials(credentialType);
		secrets?.addTokens(oauthTokenData);
		return readToken(oauthTokenData as TokenData | undefined);
	};
	/** The stored token, renewed if it is the rejected one or one that is about to end as well. */
	const newerThan = async (rejected: string): Promise<Token> => {
		const token = await stored();
		if (token.value !== rejected && !isDue(token)) return token;
		const renewed = await renewUnlessRenewed(context, credentialType, token.value);
		secrets?.addTokens(renewed);
		return readToken(renewed);
	};
	const renewed = async (rejected: string): Promise<string> => {
		if (known === undefined || known.value === rejected || isDue(known)) {
			known = await shareRenewal(context, credentialType, rejected, async () => {
				return await newerThan(rejected);
			});
		}
		secrets?.add(known.value);
		return known.value;
	};

	return {
		async current() {
			known ??= await stored();
			return isDue(known) ? await renewed(known.value) : known.value;
		},
		renewed,
	};
}

function readToken(data: TokenData | undefined): Token {
	const value = data?.access_token;
	if (typeof value !== 'string' || value === '') {
		throw new Error('OAuth credentials not connected');
	}
	const endsAtMs = positive(data?.n8n_expires_at);
	const lifetimeMs = positive(data?.expires_in) * 1000;
	// A token that lives for less than two minutes would otherwise be renewed for every mail.
	return { value, renewFromMs: endsAtMs - Math.min(RENEW_AHEAD_MS, lifetimeMs / 2) };
}

/** Infinity for what is no positive number. */
function positive(value: unknown): number {
	const number = Number(value);
	return number > 0 ? number : Infinity;
}
