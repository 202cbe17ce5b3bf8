import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { answeredOutcome } from '../ask/question';
import { messagePage } from '../ask/page';
import { PAGE_HEADERS, respond, type PageResponse } from '../ask/respond';
import { preferredLanguage, WORDS } from '../ask/words';
import { openKeyStore } from '../delivery/once/keyStore';
import { SYSTEM_CLOCK } from '../facts/clock';
import { readWaitingQuestion, type WaitingQuestion } from './waitingQuestion';

/**
 * Answers a request to a question's link, whose signature n8n has checked. Never throws: n8n would
 * go on with the workflow as if somebody had answered.
 */
export async function answerQuestion(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	let waiting: WaitingQuestion | undefined;
	let page: PageResponse;
	try {
		waiting = readWaitingQuestion(context);
		page = await pageFor(context, waiting);
	} catch (error) {
		context.logger.error('The answer to a question by email could not be recorded', {
			error: error instanceof Error ? error.message : String(error),
		});
		page = failedPage(context);
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
	const outcome = answeredOutcome(waiting.question, answer, waiting.asked, new Date());
	return { webhookResponse: html, workflowData: [[{ json: outcome as IDataObject }]] };
}

async function pageFor(
	context: IWebhookFunctions,
	waiting: WaitingQuestion | undefined,
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
		rows: openKeyStore(context as never, 'answer'),
		sign: (parameters) => context.getSignedResumeUrl!(parameters),
		clock: SYSTEM_CLOCK,
	});
}

function failedPage(context: IWebhookFunctions): PageResponse {
	const language = preferredLanguage(context.getHeaderData()['accept-language']);
	const { failedTitle, failed } = WORDS[language];
	return { status: 503, html: messagePage(language, failedTitle, [failed]) };
}
