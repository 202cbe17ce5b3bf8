import { causeChain } from './failure';
import { asObject, asText, definedEntries, type JsonObject } from './json';
import { isIdentifier, wordsIn } from './redact';

/** What the token endpoint, or n8n on its behalf, said when it refused to renew a token. */
export interface SignInFailure {
	/** OAuth's code, e.g. `invalid_grant`; empty where n8n does not pass it on. */
	error: string;
	/** Microsoft's text; empty where n8n does not pass it on. */
	description: string;
	/** n8n's text, where it says something of its own instead. */
	hostSays?: string;
	/** e.g. 7000222, where Microsoft named one. */
	aadsts?: number;
	traceId?: string;
	/** As Microsoft wrote it. */
	timestamp?: string;
}

/** n8n's words for a refused refresh, where it hides what the token endpoint said. */
const RECONNECT_WORDS =
	/needs to be reconnected|no refresh token is available|OAuth credentials not connected|provided authorization grant/i;

/** Finds the token endpoint's refusal in an error of n8n, which wraps it once or twice. */
export function findSignInFailure(error: unknown): SignInFailure | undefined {
	for (const link of causeChain(error)) {
		const failure = readTokenError(link.body) ?? readWords(link);
		if (failure) return failure;
	}
	return undefined;
}

/** An error answer of the token endpoint (RFC 6749, section 5.2), with Microsoft's additions. */
export function readTokenError(body: unknown): SignInFailure | undefined {
	const { error, error_description, error_codes, trace_id, timestamp } = asObject(body) ?? {};
	if (typeof error !== 'string' || error === '') return undefined;
	const [firstCode] = Array.isArray(error_codes) ? (error_codes as unknown[]) : [];
	return {
		...(typeof firstCode === 'number' ? { aadsts: firstCode } : {}),
		...readDescription(wordsIn(error_description) ?? ''),
		...definedEntries({ traceId: asText(trace_id), timestamp: asText(timestamp) }),
		// Workflows have conditions on it.
		error: isIdentifier(error) ? error : '',
	};
}

function readWords(link: JsonObject): SignInFailure | undefined {
	const message = wordsIn(link.message) ?? '';
	const words = `${message} ${wordsIn(link.description) ?? ''}`;
	const aadsts = /AADSTS\d+[^\n]*/.exec(words);
	if (aadsts) return { error: '', ...readDescription(aadsts[0]) };
	if (RECONNECT_WORDS.test(words)) return { error: 'invalid_grant', description: '' };
	// What n8n 2.0 calls every refusal of the token endpoint, with a text of its own.
	return link.httpCode === 'EAUTH' ? { error: '', description: '', hostSays: message } : undefined;
}

/** `AADSTSnnnnn: text Trace ID: … Correlation ID: … Timestamp: …` */
function readDescription(text: string): Omit<SignInFailure, 'error'> {
	const aadsts = /AADSTS(\d{1,9})/.exec(text)?.[1];
	return {
		description: text.split(/\s+Trace ID:/)[0] ?? '',
		...(aadsts === undefined ? {} : { aadsts: Number(aadsts) }),
		...definedEntries({
			traceId: /Trace ID: ([0-9a-f-]{36})/i.exec(text)?.[1],
			timestamp: /Timestamp: ([0-9-]{10} [0-9:]{8}Z)/.exec(text)?.[1],
		}),
	};
}

/** A temporary condition at Microsoft: the same request may succeed a moment later. */
export function isTemporary({ error, aadsts = 0 }: SignInFailure): boolean {
	return error === 'temporarily_unavailable' || TEMPORARY_AADSTS.has(aadsts);
}

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const TEMPORARY_AADSTS: ReadonlySet<number> = new Set([
	...[40010, 50033, 50087, 70012, 90006, 90012, 90024, 90033, 90055, 90090],
]);
