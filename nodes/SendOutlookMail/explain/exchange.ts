import { isIP } from 'node:net';
import type { Application, LinkedApp } from '../account/application';
import { readTime } from '../facts/clock';
import type { Failure, FailureDetails } from '../facts/failure';
import { definedEntries } from '../facts/json';
import { identifier, redact } from '../facts/redact';
import type { EgressRule, Exchange } from '../graph/exchange';
import type { GraphAnswer, GraphError } from '../graph/verdict';
import { explainAccount, explainTokenRefusal } from './account';
import { wordsFor } from './explanation';
import { GRAPH_ERRORS, GRAPH_STATUS_ERRORS } from './graphErrors';
import { explainRefusals } from './refusals';
import { explainUnknown, type WhereToLook } from './unknownOutcome';

/** Explains why an email was not sent. Only for exchanges whose verdict is not `accepted`. */
export function explainExchange(
	exchange: Exchange,
	clientRequestId: string,
	app: LinkedApp,
	where: WhereToLook = 'sentItems',
): Failure {
	const failure = explainKind(exchange, app, where);
	const details = { ...definedEntries({ credential: app.credentialName }), ...failure.details };
	return { ...failure, details: { ...details, clientRequestId } };
}

function explainKind(exchange: Exchange, app: LinkedApp, where: WhereToLook): Failure {
	const isUnknown = exchange.verdict === 'unknown';
	switch (exchange.kind) {
		case 'answered': {
			const details = describeAnswer(exchange, app);
			if (!isUnknown) return { ...explainAnswer(exchange, app), details };
			const { answer } = exchange;
			const message = `${whoAnswered(answer)} answered with status ${answer.status}`;
			return explainUnknown(message, where, details);
		}
		case 'signInRequired':
			return exchange.accountRefusal
				? explainAccount(exchange.accountRefusal, app)
				: explainTokenRefusal(exchange.signIn, app);
		case 'stopped':
			if (isUnknown) {
				return explainUnknown('The execution was stopped while this email was being sent', where);
			}
			return {
				code: 'stopped',
				message: 'The execution was stopped before this email was sent',
				remedy: 'Run the workflow again to send it.',
			};
		case 'unreadable':
			return {
				code: 'attachmentUnreadable',
				message: `The attachment ${exchange.cause.file} could not be read: ${exchange.cause.message}`,
				remedy: 'Run the node that makes the file again. The email was not sent.',
			};
		case 'notAllowed':
			return explainRefusals(exchange.refusals);
		case 'blocked':
			return explainBlocked(exchange, app);
		case 'broken':
			if (!isUnknown) return explainUnreachable(exchange, app);
			if (!exchange.unexpected) {
				return explainUnknown('The connection ended before Microsoft Graph answered', where);
			}
			return explainUnknown(
				'Something unexpected happened while this email was being sent',
				where,
				definedEntries({ n8nSays: redact(exchange.cause.message, app.secrets) }),
			);
	}
}

type Answered = Extract<Exchange, { kind: 'answered' }>;

/** Statuses that say enough, even with a page for a body; Microsoft's own gateways send those. */
const STATUSES_OF_GRAPH: ReadonlySet<number> = new Set([401, 413, 429, 507]);

/** Statuses with which the upload host speaks for the mailbox: too large, throttled, full. */
const STATUSES_OF_MAILBOX: ReadonlySet<number> = new Set([413, 429, 507]);

/** Only for answers that settle it: 4xx, 503 with Retry-After. */
function explainAnswer(exchange: Answered, app: LinkedApp): Failure {
	const { answer, graphError, uploadHost } = exchange;
	const { status } = answer;
	if (uploadHost !== undefined && !STATUSES_OF_MAILBOX.has(status)) {
		return {
			code: 'uploadRefused',
			message: `${uploadHost} refused to take a file of this email (status ${status})`,
			remedy: `${UPLOADS_GO_ELSEWHERE} in the firewall and the proxy. If they are allowed, report it to Microsoft with the status and the time. The email was not sent.`,
		};
	}
	if (!isFromGraph(exchange) && !STATUSES_OF_GRAPH.has(status)) {
		return {
			code: `http${status}`,
			message: `Something between n8n and Microsoft Graph refused the request (status ${status})`,
			remedy:
				'Ask your n8n administrator which proxy or firewall between this n8n and Microsoft Graph answers in its place. The email was not sent.',
		};
	}
	const byStatus = GRAPH_STATUS_ERRORS[status];
	const code = isTooLarge(graphError)
		? 'RequestEntityTooLarge'
		: (identifier(graphError?.code, app.secrets) ?? byStatus ?? `http${status}`);
	const known = lookUp(code) ?? lookUp(byStatus);
	if (known) return { code, ...wordsFor(known, app) };
	return {
		code,
		message: `Microsoft Graph did not take the email (status ${status})`,
		remedy:
			'Read what Microsoft says in the details. If it does not help, report it with the request ID.',
	};
}

/** A 400 with the words *The maximum request length supported is 4MB* means the same as a 413. R */
function isTooLarge(graphError: GraphError | undefined): boolean {
	return /maximum request length/i.test(graphError?.message ?? '');
}

function lookUp(code: string | undefined) {
	return code !== undefined && Object.hasOwn(GRAPH_ERRORS, code) ? GRAPH_ERRORS[code] : undefined;
}

/** Files of 3 MB and more go to Outlook's own host: https://learn.microsoft.com/graph/outlook-large-attachments */
const UPLOADS_GO_ELSEWHERE =
	'Files of 3 MB and more are uploaded to this host, not to Microsoft Graph. Ask your n8n administrator to allow connections to it';

/**
 * Graph's answers carry the ID of the request or one of its own codes. A proxy that refuses to connect
 * answers with a status alone, with a page, or with JSON that may look like an error of Graph.
 */
function isFromGraph({ answer, graphError }: Answered): boolean {
	if (answer.isPage) return false;
	if (isTooLarge(graphError)) return true;
	const requestId = answer.headers['request-id'] ?? graphError?.requestId;
	return requestId !== undefined || lookUp(graphError?.code) !== undefined;
}

/** A page with a status of 500 and more may be one of Microsoft's own gateways. */
function whoAnswered({ isPage, status }: GraphAnswer): string {
	return isPage && status < 500 ? 'Something between n8n and Microsoft Graph' : 'Microsoft Graph';
}

/** For support and for logs. */
function describeAnswer({ answer, graphError }: Answered, app: LinkedApp): FailureDetails {
	const { status, headers } = answer;
	return {
		httpStatus: status,
		...definedEntries({
			requestId: identifier(headers['request-id'] ?? graphError?.requestId, app.secrets),
			time: (readTime(headers.date) ?? readTime(graphError?.date))?.toISOString(),
			microsoftSays: graphError && redact(graphError.message, app.secrets),
		}),
	};
}

/** No connection could be made; `renewing`: to the sign-in host, to renew the token. */
function explainUnreachable(
	{ cause, renewing, uploadHost, stage }: Extract<Exchange, { kind: 'broken' }>,
	{ application, secrets }: LinkedApp,
): Failure {
	const failure = {
		code: 'unreachable',
		details: definedEntries({ networkSays: redact(cause.message, secrets) }),
	};
	if (uploadHost === undefined) {
		return {
			...failure,
			message: renewing
				? 'Entra ID could not be reached to renew the connection'
				: 'Microsoft Graph could not be reached',
			remedy: `${askAboutNetwork(application)} The email was not sent.`,
		};
	}
	return {
		...failure,
		message:
			stage === 'beforeRequest'
				? `${uploadHost} could not be reached to upload a file of this email`
				: `The connection to ${uploadHost} was lost while a file of this email was uploaded`,
		remedy: `${UPLOADS_GO_ELSEWHERE}, directly or through the proxy. The email was not sent.`,
	};
}

export const ASK_ABOUT_NETWORK =
	'Ask your n8n administrator to check the network of this n8n and its proxy settings';

/** Where the credential chooses the hosts, they may be the wrong ones. */
export function askAboutNetwork(application: Application): string {
	return application === 'customer'
		? `${ASK_ABOUT_NETWORK}. Check the Entra ID Cloud Instance in the credential, too.`
		: `${ASK_ABOUT_NETWORK}.`;
}

/**
 * n8n itself does not let its nodes connect to the host; says which setting allows it.
 * https://docs.n8n.io/deploy/host-n8n/configure-n8n/basic-configuration/use-environment-variables/ssrf-protection
 */
function explainBlocked(
	{ host, rule, cause }: Extract<Exchange, { kind: 'blocked' }>,
	{ secrets }: LinkedApp,
): Failure {
	return {
		code: 'blockedByN8n',
		message: `The security settings of this n8n do not allow a connection to ${host}`,
		remedy: `Ask your n8n administrator to ${howToAllow(host, rule)}. Nothing was sent.`,
		details: definedEntries({ n8nSays: redact(cause.message, secrets) }),
	};
}

/** An address that is written as such has no name that could be allowed. */
function howToAllow(host: string, rule: EgressRule): string {
	const family = isIP(host);
	if (family > 0) {
		return `add ${host}/${family === 4 ? 32 : 128} to N8N_SSRF_ALLOWED_IP_RANGES and start n8n again`;
	}
	const remove = rule === 'hostname' ? ', or take it out of N8N_SSRF_BLOCKED_HOSTNAMES,' : '';
	return `add ${host} to N8N_SSRF_ALLOWED_HOSTNAMES${remove} and start n8n again`;
}
