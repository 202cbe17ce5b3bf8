import type { GraphAnswer } from '../graph/exchange';
import type { Failure, FailureDetails } from '../facts/failure';
import { GRAPH_ERRORS, GRAPH_STATUS_ERRORS } from './graphErrors';
import type { LinkedApp } from '../account/linkedApp';
import { isPage } from '../graph/page';
import { definedEntries, identifier, isoTime, quote } from '../facts/redact';

/** A longer answer is a page of something in between, not an error of Graph. */
const LONGEST_ERROR_BODY = 64 * 1024;

/** Says why Graph did not take a mail. Only for answers that settle it: 4xx, 503 with Retry-After. */
export function explainAnswer(answer: GraphAnswer, app: LinkedApp): Failure {
	if (isPage(answer) && !STATUSES_OF_GRAPH.has(answer.status)) return explainPage(answer, app);
	const graphError = readGraphError(answer.body);
	const byStatus = GRAPH_STATUS_ERRORS[answer.status];
	const code = graphError?.code ?? byStatus ?? `http${answer.status}`;
	const known = lookUp(code) ?? lookUp(byStatus);
	const roboMqRemedy = app.owner === 'roboMq' ? known?.roboMqRemedy : undefined;
	return {
		code,
		message: known?.message ?? `Microsoft Graph did not take the mail (status ${answer.status})`,
		remedy:
			roboMqRemedy ??
			known?.remedy ??
			'Read what Microsoft says in the details. If it does not help, report it with the request ID.',
		details: describeAnswer(answer, app),
	};
}

/** Statuses that say enough, whoever made a page of them; Microsoft's own gateways do. */
const STATUSES_OF_GRAPH: ReadonlySet<number> = new Set([401, 413, 429, 507]);

function explainPage(answer: GraphAnswer, app: LinkedApp): Failure {
	return {
		code: `http${answer.status}`,
		message: `Something between n8n and Microsoft Graph refused the request (status ${answer.status})`,
		remedy:
			'Ask your n8n administrator which proxy or firewall between this n8n and Microsoft Graph answers in its place. The mail was not sent.',
		details: describeAnswer(answer, app),
	};
}

/** What an answer says for those who look into it. */
export function describeAnswer(answer: GraphAnswer, app: LinkedApp): FailureDetails {
	const graphError = readGraphError(answer.body);
	return {
		httpStatus: answer.status,
		...definedEntries({
			credential: app.credentialName,
			requestId: identifier(answer.headers['request-id'] ?? graphError?.requestId),
			time: isoTime(answer.headers.date) ?? isoTime(graphError?.date),
			microsoftSays: graphError && quote(graphError.message),
		}),
	};
}

function lookUp(code: string | undefined) {
	return code !== undefined && Object.hasOwn(GRAPH_ERRORS, code) ? GRAPH_ERRORS[code] : undefined;
}

interface GraphError {
	code: string;
	message: string;
	requestId?: string;
	date?: string;
}

/** Graph's error body: `{"error":{"code","message","innerError":{"date","request-id"}}}`. */
export function readGraphError(body: string): GraphError | undefined {
	if (body.length > LONGEST_ERROR_BODY) return undefined;
	try {
		const { error } = JSON.parse(body) as {
			error?: { code?: unknown; message?: unknown; innerError?: Record<string, unknown> };
		};
		if (typeof error?.code !== 'string' || !/^[\w.-]{1,100}$/.test(error.code)) return undefined;
		const requestId = error.innerError?.['request-id'];
		const date = error.innerError?.date;
		return {
			code: error.code,
			message: typeof error.message === 'string' ? error.message : '',
			...(typeof requestId === 'string' ? { requestId } : {}),
			...(typeof date === 'string' ? { date } : {}),
		};
	} catch {
		// A proxy's HTML page, for instance: the status is all that can be said.
		return undefined;
	}
}
