import type { FastifyRequest } from 'fastify';
import { graphErrorBody } from '../graph/graphError';
import type { FaultName } from './catalogue';
import type { ActiveFault } from './faults';

interface GraphAnswer {
	readonly status: number;
	readonly code: string;
	readonly message: string;
}

/** Graph's answers to a request that fails on its side (microsoft-facts, "Errors of sendMail"). */
const GRAPH_ANSWERS: Partial<Record<FaultName, GraphAnswer>> = {
	throttle: {
		status: 429,
		code: 'ApplicationThrottled',
		message: 'Application is over its MailboxConcurrency limit.',
	},
	unavailable503: {
		status: 503,
		code: 'ServiceUnavailable',
		message: 'The service is temporarily unavailable.',
	},
	expiredToken: {
		status: 401,
		code: 'InvalidAuthenticationToken',
		message: 'Lifetime validation failed, the token is expired.',
	},
	error500: {
		status: 500,
		code: 'ErrorInternalServerError',
		message: 'An internal server error occurred. The operation failed.',
	},
	gateway504: {
		status: 504,
		code: 'UnknownError',
		message: 'The server did not answer in time.',
	},
	gateway504AfterTaken: {
		status: 504,
		code: 'UnknownError',
		message: 'The server did not answer in time.',
	},
	// R: reports of 2025 and 2026, right after the draft was made
	draftLag: {
		status: 404,
		code: 'ErrorItemNotFound',
		message: 'The specified object was not found in the store.',
	},
	quota507: {
		status: 507,
		code: 'ErrorQuotaExceeded',
		message: 'The mailbox has exceeded its quota.',
	},
};

const GATEWAY_PAGE = '<html><head><title>502 Bad Gateway</title></head><body></body></html>';

export function retryAfterHeader(value: number | string | Date | null | undefined) {
	if (value === null || value === undefined) return {};
	return { 'Retry-After': value instanceof Date ? value.toUTCString() : String(value) };
}

export function answerOf({ name, settings }: ActiveFault, request: FastifyRequest) {
	const retryAfter = retryAfterHeader(settings.retryAfter);
	const answer = GRAPH_ANSWERS[name];
	if (answer === undefined) {
		const headers = { 'Content-Type': 'text/html', ...retryAfter };
		return { status: 502, headers, body: GATEWAY_PAGE };
	}
	const body = JSON.stringify(graphErrorBody(answer, request));
	return {
		status: answer.status,
		headers: { 'Content-Type': 'application/json', ...retryAfter },
		body,
	};
}
