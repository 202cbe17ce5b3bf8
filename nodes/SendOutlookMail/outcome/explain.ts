import type { Exchange, GraphAnswer } from './exchange';
import { findSignInFailure } from './signInFailure';
import { AADSTS_ERRORS } from './aadstsErrors';
import type { Failure, FailureDetails } from './failure';
import { GRAPH_ERRORS, GRAPH_STATUS_ERRORS } from './graphErrors';
import type { UnreadableFile } from './unreadableFile';
import { verdictOf } from './verdict';

/** Microsoft's own words are quoted up to this length. */
const QUOTE_LENGTH = 300;

const LOOK_FIRST =
	'Look in Sent Items for the subject and the time before you send it again. With the option On Unknown Outcome set to Retry, the node sends it again by itself and accepts that it may arrive twice.';

/** Says why a mail did not go. Only for exchanges whose verdict is not `accepted`. */
export function explainExchange(exchange: Exchange, clientRequestId: string): Failure {
	const failure = explainKind(exchange);
	return { ...failure, details: { ...failure.details, clientRequestId } };
}

function explainKind(exchange: Exchange): Failure {
	switch (exchange.kind) {
		case 'answered':
			return explainAnswer(exchange.answer, verdictOf(exchange) === 'unknown');
		case 'signInRequired':
			return explainSignIn(exchange.cause);
		case 'stopped':
			return verdictOf(exchange) === 'stopped'
				? {
						code: 'stopped',
						message: 'The execution was stopped before this mail was sent',
						remedy: 'Run the workflow again to send it.',
					}
				: unknownOutcome('The execution was stopped while this mail was being sent');
		case 'unreadable':
			return explainUnreadable(exchange.cause);
		case 'broken':
			return verdictOf(exchange) === 'notTaken'
				? {
						code: 'unreachable',
						message: 'Microsoft Graph could not be reached',
						remedy:
							'Check the network of this n8n, its proxy settings, and the cloud instance of the credential. The mail was not sent.',
						details: definedEntries({ microsoftSays: shorten(exchange.cause.message) }),
					}
				: unknownOutcome('The connection ended before Microsoft Graph answered');
	}
}

function explainUnreadable({ file, message }: UnreadableFile): Failure {
	return {
		code: 'attachmentUnreadable',
		message: `The attachment ${file} could not be read: ${message}`,
		remedy: 'Run the node that makes the file again. The mail was not sent.',
	};
}

function unknownOutcome(message: string, details: FailureDetails = {}): Failure {
	return {
		code: 'unknownOutcome',
		message: `${message}: the outcome is unknown`,
		remedy: LOOK_FIRST,
		details,
	};
}

function explainAnswer(answer: GraphAnswer, unknown: boolean): Failure {
	const graphError = readGraphError(answer.body);
	const details: FailureDetails = {
		httpStatus: answer.status,
		...definedEntries({
			requestId: answer.headers['request-id'] ?? graphError?.requestId,
			time: isoTime(answer.headers.date),
			microsoftSays: graphError && shorten(graphError.message),
		}),
	};
	if (unknown)
		return unknownOutcome(`Microsoft Graph answered with status ${answer.status}`, details);
	const code = graphError?.code ?? GRAPH_STATUS_ERRORS[answer.status] ?? `http${answer.status}`;
	const known = GRAPH_ERRORS[code] ?? GRAPH_ERRORS[GRAPH_STATUS_ERRORS[answer.status] ?? ''];
	return {
		code,
		message: known?.message ?? `Microsoft Graph refused the mail with status ${answer.status}`,
		remedy:
			known?.remedy ??
			'Read what Microsoft says in the details. If it does not help, report it with the request ID.',
		details,
	};
}

interface GraphError {
	code: string;
	message: string;
	requestId?: string | undefined;
}

/** Graph's error body: `{"error":{"code","message","innerError":{"request-id"}}}`. */
function readGraphError(body: string): GraphError | undefined {
	try {
		const { error } = JSON.parse(body) as {
			error?: { code?: unknown; message?: unknown; innerError?: Record<string, unknown> };
		};
		if (typeof error?.code !== 'string' || error.code === '') return undefined;
		const requestId = error.innerError?.['request-id'];
		return {
			code: error.code,
			message: typeof error.message === 'string' ? error.message : '',
			...(typeof requestId === 'string' ? { requestId } : {}),
		};
	} catch {
		// A proxy's HTML page, for instance: the status is all that can be said.
		return undefined;
	}
}

/** Says why the token could not be renewed, from what the token endpoint told n8n. */
export function explainSignIn(cause: Error): Failure {
	const said = findSignInFailure(cause);
	const description = said?.description ?? '';
	const number = Number(/AADSTS(\d+)/.exec(description)?.[1]);
	const known = AADSTS_ERRORS[number];
	const details: FailureDetails = definedEntries({
		aadsts: Number.isNaN(number) ? undefined : `AADSTS${number}`,
		traceId: /Trace ID: ([0-9a-f-]{36})/i.exec(description)?.[1],
		time: isoTime(/Timestamp: ([0-9-]{10} [0-9:]{8}Z)/.exec(description)?.[1]),
		microsoftSays: shorten(description.split(/\s+Trace ID:/)[0] ?? ''),
	});
	return {
		code: said?.error || 'signInRequired',
		message: known?.message ?? 'The connection to the Outlook account has ended',
		remedy: known?.remedy ?? 'Open the credential and connect the account again.',
		details,
	};
}

function isoTime(value: string | undefined): string | undefined {
	const time = new Date(value ?? '');
	return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function shorten(words: string): string | undefined {
	const line = words.replace(/\s+/g, ' ').trim();
	if (line === '') return undefined;
	return line.length > QUOTE_LENGTH ? `${line.slice(0, QUOTE_LENGTH)}…` : line;
}

function definedEntries<T extends Record<string, string | undefined>>(
	entries: T,
): { [K in keyof T]?: string } {
	return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
		[K in keyof T]?: string;
	};
}
