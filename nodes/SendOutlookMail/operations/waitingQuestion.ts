import type {
	IDataObject,
	IWebhookFunctions,
	IWebhookResponseData,
	IExecuteFunctions,
} from 'n8n-workflow';
import { answeredOutcome, noAnswerOutcome, type Asked, type Question } from '../ask/question';
import { PAGE_HEADERS, reasonPage, respond, type PageResponse } from '../ask/respond';
import { preferredLanguage } from '../ask/words';
import { findKeyStore } from '../delivery/once/keyStore';
import { SYSTEM_CLOCK, type Clock } from '../facts/clock';

/**
 * Answers a request to a question's link, whose signature n8n has checked. Never throws: n8n would
 * go on with the workflow as if somebody had answered.
 */
export async function answerQuestion(
	context: IWebhookFunctions,
	clock = SYSTEM_CLOCK,
): Promise<IWebhookResponseData> {
	let waiting: WaitingQuestion | undefined;
	let page: PageResponse;
	try {
		waiting = readWaitingQuestion(context);
		page = await pageFor(context, waiting, clock);
	} catch (error) {
		context.logger.error('The answer to a question by email could not be recorded', {
			error: error instanceof Error ? error.message : String(error),
		});
		page = reasonPage(preferredLanguage(context.getHeaderData()['accept-language']), 'failed');
	}
	const response = context.getResponseObject();
	for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
	// n8n allows every origin to read what a webhook answers; a page is for its reader only.
	response.removeHeader('Access-Control-Allow-Origin');
	const { status, html, answer } = page;
	if (!answer || !waiting) {
		response.status(status).send(html);
		return { noWebhookResponse: true };
	}
	const outcome = answeredOutcome(waiting.question, answer, waiting.asked, new Date(clock.now()));
	return { webhookResponse: html, workflowData: [[{ json: outcome as IDataObject }]] };
}

async function pageFor(
	context: IWebhookFunctions,
	waiting: WaitingQuestion | undefined,
	clock: Clock,
): Promise<PageResponse> {
	const { method } = context.getRequestObject();
	const request = {
		method,
		query: context.getQueryData() as Record<string, unknown>,
		body: method === 'POST' ? context.getBodyData() : undefined,
		headers: context.getHeaderData() as Record<string, unknown>,
	};
	return await respond(request, {
		question: waiting?.question,
		rows: findKeyStore(context as never, 'answer'),
		sign: (parameters) => context.getSignedResumeUrl!(parameters),
		clock,
	});
}

/** What an execution keeps while it waits. n8n stores it with the execution, and removes it so. */
interface WaitingQuestion {
	question: Question;
	asked: Asked[];
}

const KEY = 'waitingQuestion';

/** The latest question of the node in this execution; an earlier one is no longer known. */
export function keepQuestion(context: IExecuteFunctions, waiting: WaitingQuestion): void {
	// A copy in JSON: what is read back has been through n8n's database.
	context.getContext('node')[KEY] = JSON.stringify(waiting);
}

/** @returns undefined when this node of this execution has not asked */
function readWaitingQuestion(context: IWebhookFunctions): WaitingQuestion | undefined {
	// An expression ends at the first two closing braces, also inside a text.
	const name = JSON.stringify(context.getNode().name).replace(/[{}]/g, (brace) =>
		brace === '{' ? '\\u007b' : '\\u007d',
	);
	const kept: unknown = context.evaluateExpression(
		`{{ $node[${name}].context[${JSON.stringify(KEY)}] }}`,
	);
	return typeof kept === 'string' ? (JSON.parse(kept) as WaitingQuestion) : undefined;
}

/**
 * At the deadline n8n passes on the items that the node was given, without running it again. So they
 * are replaced, only in what waits: the items of the node before stay as they are.
 */
export function outputAtDeadline(context: IExecuteFunctions, asked: Asked[]): void {
	const { data } = context.getExecuteData();
	for (const [type, [items, ...others]] of Object.entries(data)) {
		if (items)
			data[type] = [[{ ...items[0], json: noAnswerOutcome(asked) as IDataObject }], ...others];
	}
}
