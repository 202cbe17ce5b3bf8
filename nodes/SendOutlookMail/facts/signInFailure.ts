import { causeChain, type CauseLink } from './failure';
import { firstWords } from './redact';

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
	if (typeof body !== 'object' || body === null) return undefined;
	const { error, error_description, error_codes, trace_id, timestamp } = body as CauseLink;
	if (typeof error !== 'string' || error === '') return undefined;
	const inText = readDescription(error, text(error_description));
	const [firstCode] = Array.isArray(error_codes) ? (error_codes as unknown[]) : [];
	return {
		...inText,
		// A hostile answer may contain anything, and workflows have conditions on it.
		error: /^[\w.-]{1,100}$/.test(error) ? error : '',
		...(typeof firstCode === 'number' && inText.aadsts === undefined ? { aadsts: firstCode } : {}),
		...(typeof trace_id === 'string' ? { traceId: trace_id } : {}),
		...(typeof timestamp === 'string' ? { timestamp } : {}),
	};
}

function readWords(link: CauseLink): SignInFailure | undefined {
	const words = `${text(link.message)} ${text(link.description)}`;
	const aadsts = /AADSTS\d+[^\n]*/.exec(words);
	if (aadsts) return readDescription('', aadsts[0]);
	if (RECONNECT_WORDS.test(words)) return { error: 'invalid_grant', description: '' };
	// What n8n 2.0 calls every refusal of the token endpoint, with a text of its own.
	return link.httpCode === 'EAUTH'
		? { error: '', description: '', hostSays: text(link.message) }
		: undefined;
}

/** `AADSTSnnnnn: text Trace ID: … Correlation ID: … Timestamp: …` */
function readDescription(error: string, description: string): SignInFailure {
	const number = /AADSTS(\d{1,9})/.exec(description)?.[1];
	const traceId = /Trace ID: ([0-9a-f-]{36})/i.exec(description)?.[1];
	const timestamp = /Timestamp: ([0-9-]{10} [0-9:]{8}Z)/.exec(description)?.[1];
	return {
		error,
		description: description.split(/\s+Trace ID:/)[0] ?? '',
		...(number === undefined ? {} : { aadsts: Number(number) }),
		...(traceId === undefined ? {} : { traceId }),
		...(timestamp === undefined ? {} : { timestamp }),
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

function text(value: unknown): string {
	return typeof value === 'string' ? firstWords(value) : '';
}
