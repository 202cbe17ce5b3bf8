import { describe, newTrace, type Refusal } from './refusal';

function withQuery(redirectUri: string, values: Readonly<Record<string, string | undefined>>) {
	const url = new URL(redirectUri);
	for (const [name, value] of Object.entries(values)) {
		if (value !== undefined) url.searchParams.set(name, value);
	}
	return url.href;
}

export function codeRedirect(redirectUri: string, code: string, state: string | undefined): string {
	return withQuery(redirectUri, { code, state });
}

/** learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow, "Error response". D */
export function errorRedirect(
	redirectUri: string,
	refusal: Refusal,
	state: string | undefined,
): string {
	return withQuery(redirectUri, {
		error: refusal.error,
		error_description: describe(refusal, newTrace()),
		state,
	});
}
