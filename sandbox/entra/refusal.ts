import { randomUUID } from 'node:crypto';
import { AADSTS } from './aadsts';

export type Details = Readonly<Record<string, string>>;

/** Entra ID's refusal of a request, thrown where it is found and answered in one place. */
export class Refusal extends Error {
	readonly error: string;
	readonly status: 400 | 401;
	readonly suberror: string | undefined;
	readonly text: string;

	constructor(
		readonly code: number,
		details: Details = {},
	) {
		const known = AADSTS[code] ?? {
			error: 'invalid_request',
			status: 400 as const,
			text: `An error that the sandbox does not describe (${code}).`,
		};
		const text = known.text.replace(/\{(\w+)\}/g, (_, name: string) => details[name] ?? name);
		super(`AADSTS${code}: ${text}`);
		this.name = 'Refusal';
		this.text = text;
		this.error = known.error;
		this.status = known.status;
		this.suberror = 'suberror' in known ? known.suberror : undefined;
	}
}

function secondsOf(date: Date): string {
	return `${date.toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

/** The ids that support asks for; the correlation ID is the client's own where it sent one. */
export interface Trace {
	readonly traceId: string;
	readonly correlationId: string;
	readonly timestamp: string;
}

export function newTrace(clientRequestId?: string): Trace {
	return {
		traceId: randomUUID(),
		correlationId: clientRequestId ?? randomUUID(),
		timestamp: secondsOf(new Date()),
	};
}

export function describe(refusal: Refusal, trace: Trace): string {
	return `${refusal.message} Trace ID: ${trace.traceId} Correlation ID: ${trace.correlationId} Timestamp: ${trace.timestamp}`;
}

/** The body of an error response of the token endpoint. */
export function errorBody(refusal: Refusal, trace: Trace, loginOrigin: string) {
	return {
		error: refusal.error,
		error_description: describe(refusal, trace),
		error_codes: [refusal.code],
		timestamp: trace.timestamp,
		trace_id: trace.traceId,
		correlation_id: trace.correlationId,
		error_uri: `${loginOrigin}/error?code=${refusal.code}`,
		...(refusal.suberror === undefined ? {} : { suberror: refusal.suberror }),
	};
}
