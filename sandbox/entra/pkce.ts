import { createHash } from 'node:crypto';
import type { AuthorizationCode } from './grants';
import { Refusal } from './refusal';

type Challenge = NonNullable<AuthorizationCode['challenge']>;

/** Characters and length of RFC 7636, 4.1 and 4.2. */
const CHALLENGE = /^[A-Za-z0-9\-._~]{43,128}$/;

export function parseChallenge(
	value: string | undefined,
	method: string | undefined,
): Challenge | undefined {
	if (value === undefined) {
		if (method !== undefined) throw new Refusal(900144, { parameter: 'code_challenge' });
		return undefined;
	}
	// RFC 7636, 4.3: without a method it is "plain".
	const named = method ?? 'plain';
	if (named !== 'S256' && named !== 'plain') {
		throw new Refusal(90023, { parameter: 'code_challenge_method', value: named });
	}
	if (!CHALLENGE.test(value)) throw new Refusal(501491);
	return { value, method: named };
}

/** @cites pkceWithSecret */
export function checkVerifier(challenge: Challenge | undefined, verifier: string | undefined) {
	if (challenge === undefined) {
		// Microsoft's documents are silent on a verifier without a challenge; refused as a mismatch. U
		if (verifier !== undefined) throw new Refusal(501481);
		return;
	}
	if (verifier === undefined || verifier === '') throw new Refusal(50148);
	const derived =
		challenge.method === 'plain'
			? verifier
			: createHash('sha256').update(verifier).digest('base64url');
	if (derived !== challenge.value) throw new Refusal(501481);
}
