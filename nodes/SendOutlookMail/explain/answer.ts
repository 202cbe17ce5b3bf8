import type { GraphAnswer, GraphError } from '../graph/answer';
import type { Failure, FailureDetails } from '../facts/failure';
import { GRAPH_ERRORS, GRAPH_STATUS_ERRORS } from './graphErrors';
import type { LinkedApp } from '../account/linkedApp';
import { definedEntries, identifier, isoTime, quote } from '../facts/redact';

/** An answer and what Graph said in it. */
export interface Said {
	answer: GraphAnswer;
	graphError?: GraphError | undefined;
}

/** Says why Graph did not take a mail. Only for answers that settle it: 4xx, 503 with Retry-After. */
export function explainAnswer(said: Said, app: LinkedApp): Failure {
	const { answer, graphError } = said;
	if (answer.isPage && !STATUSES_OF_GRAPH.has(answer.status)) return explainPage(said, app);
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
		details: describeAnswer(said, app),
	};
}

/** Statuses that say enough, whoever made a page of them; Microsoft's own gateways do. */
const STATUSES_OF_GRAPH: ReadonlySet<number> = new Set([401, 413, 429, 507]);

function explainPage(said: Said, app: LinkedApp): Failure {
	const { answer } = said;
	return {
		code: `http${answer.status}`,
		message: `Something between n8n and Microsoft Graph refused the request (status ${answer.status})`,
		remedy:
			'Ask your n8n administrator which proxy or firewall between this n8n and Microsoft Graph answers in its place. The mail was not sent.',
		details: describeAnswer(said, app),
	};
}

/** What an answer says for those who look into it. */
export function describeAnswer({ answer, graphError }: Said, app: LinkedApp): FailureDetails {
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
