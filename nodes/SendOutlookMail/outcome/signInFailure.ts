import { causeChain } from './causeChain';

/** What the token endpoint, or n8n on its behalf, said when it refused to renew a token. */
export interface SignInFailure {
	/** OAuth's code, e.g. `invalid_grant`; empty where n8n does not pass it on. */
	error: string;
	/** Microsoft's text with the AADSTS number; empty where n8n does not pass it on. */
	description: string;
}

/** n8n's words for a refused refresh, where it hides what the token endpoint said. */
const RECONNECT_WORDS =
	/needs to be reconnected|no refresh token is available|OAuth credentials not connected/i;

/** Finds the token endpoint's refusal in an error of n8n, which wraps it once or twice. */
export function findSignInFailure(error: unknown): SignInFailure | undefined {
	for (const link of causeChain(error)) {
		const body = link.body;
		if (isTokenError(body)) {
			return { error: body.error, description: String(body.error_description ?? '') };
		}
		const words = `${String(link.message ?? '')} ${String(link.description ?? '')}`;
		const aadsts = /AADSTS\d+[^\n]*/.exec(words);
		if (aadsts) return { error: '', description: aadsts[0] };
		if (RECONNECT_WORDS.test(words)) return { error: 'invalid_grant', description: '' };
	}
	return undefined;
}

function isTokenError(body: unknown): body is { error: string; error_description?: unknown } {
	return (
		typeof body === 'object' &&
		body !== null &&
		typeof (body as { error?: unknown }).error === 'string'
	);
}
