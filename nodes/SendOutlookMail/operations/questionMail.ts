import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import { refuseForeignSender, type SenderRights } from '../account/permissions';
import { copyHtml, emailHtml } from '../ask/email';
import type { Sign } from '../ask/links';
import type { Person, Question } from '../ask/question';
import { readQuestion, type AskedFor } from '../ask/readQuestion';
import { safeHtml, textAsHtml } from '../ask/safeHtml';
import { readAttachments } from '../attachments/readAttachments';
import { planRoute } from '../attachments/route';
import { composeMessage } from '../mail/composeMessage';
import type { Refusal, Warning } from '../mail/issues';
import type { Mail } from '../mail/mail';
import type { Options } from '../mail/parameters';
import { isFilledByModel } from './parameters';

export interface QuestionDraft {
	/** Addressed to everybody, with the message as its body. */
	mail: Mail;
	askedFor: AskedFor;
	messageHtml: string;
}

/** A question and its email, before it is addressed to anybody in particular. */
export interface PreparedQuestion {
	/** Undefined when something can't be sent. */
	draft?: QuestionDraft;
	refusals: Refusal[];
	warnings: Warning[];
	options: Options;
}

/** What bounds a question beyond its own parameters. */
export interface QuestionLimits {
	rights: SenderRights;
	/** The list of the credential. */
	allowedRecipients?: unknown;
	/** An AI agent waits for the answer. */
	humanReview: boolean;
}

/** Link and language are the person's; everything else is the same in each email. */
const MESSAGE = { field: 'Message', parameter: 'message' };

/**
 * Reads the parameters of the first item and checks them all. Reaches no network of Microsoft's.
 *
 * @throws what n8n throws for an expression that cannot be computed
 */
export async function prepareQuestion(
	context: IExecuteFunctions,
	now: Date,
	{ rights, allowedRecipients, humanReview }: QuestionLimits,
): Promise<PreparedQuestion> {
	const read = (name: string, fallback: NodeParameterValueType) =>
		context.getNodeParameter(name, 0, fallback) as unknown;
	const options = read('options', {}) as Options;
	const timeZone = context.getTimezone();
	const asked = readQuestion({
		responseType: read('responseType', 'approval'),
		choices: read('choices', {}),
		requireComment: read('requireComment', 'declined'),
		confirmation: read('confirmation', 'button'),
		deadline: read('deadline', {}),
		language: options.language ?? 'en',
		...{ humanReview, timeZone, now },
	});
	const message = read('message', '');
	const messageHtml = renderMessage(read('messageType', 'markdown'), message);
	const composed = composeMessage(
		{
			to: read('to', ''),
			subject: read('subject', ''),
			bodyType: 'html',
			body: typeof message === 'string' ? messageHtml : message,
			...{ options, timeZone, now },
		},
		{ account: allowedRecipients, filledByModel: isFilledByModel(context) },
	);
	const { files, ...attachments } = await readAttachments(context, 0, {
		attachments: options.attachments,
		html: messageHtml,
	});
	const plan = composed.mail && planRoute(composed.mail, files, rights);
	const from = composed.mail?.message.from?.emailAddress?.address ?? undefined;
	const refusals = [
		...[...composed.refusals, ...refuseEmpty(message)].map(asMessage),
		...asked.refusals,
		...attachments.refusals,
		...refuseForeignSender(from, rights),
		...(plan?.refusals ?? []),
	];
	const warnings = [...composed.warnings, ...attachments.warnings, ...(plan?.warnings ?? [])];
	if (refusals.length > 0 || !composed.mail || !plan || !asked.value) {
		return { refusals, warnings: warnings.map(asMessage), options };
	}
	const mail = { ...composed.mail, files: plan.files, route: plan.route };
	const draft = { mail, askedFor: asked.value, messageHtml };
	return { draft, refusals, warnings: warnings.map(asMessage), options };
}

/** The question that the page shows, and that the execution keeps. */
export function questionOf({ mail, askedFor, messageHtml }: QuestionDraft, id: string): Question {
	const { language: _language, ...rest } = askedFor;
	return {
		id,
		subject: mail.message.subject ?? '',
		messageHtml: safeHtml(messageHtml),
		people: (mail.message.toRecipients ?? []).map(({ emailAddress }): Person => {
			const { address, name } = emailAddress ?? {};
			return { address: address ?? '', ...(name ? { name } : {}) };
		}),
		...rest,
	};
}

/** One email for each person, with links of their own; and one without links for those in CC. */
export function addressedMails(
	draft: QuestionDraft,
	question: Question,
	sign: Sign,
): { mails: Mail[]; copy?: Mail } {
	const { askedFor, messageHtml } = draft;
	const { language } = askedFor;
	const {
		toRecipients = [],
		ccRecipients = [],
		bccRecipients: _none,
		...message
	} = draft.mail.message;
	const addressed = (to: typeof toRecipients, content: string): Mail => ({
		...draft.mail,
		message: { ...message, toRecipients: to, body: { contentType: 'html', content } },
	});
	const mails = (toRecipients ?? []).map((recipient, index) =>
		addressed([recipient], emailHtml({ question, person: index + 1, messageHtml, language, sign })),
	);
	if (!ccRecipients || ccRecipients.length === 0) return { mails };
	return { mails, copy: addressed(ccRecipients, copyHtml({ question, messageHtml, language })) };
}

function renderMessage(type: unknown, message: unknown): string {
	const text = typeof message === 'string' ? message : '';
	return type === 'html' ? text : textAsHtml(text);
}

function refuseEmpty(message: unknown): Refusal[] {
	if (typeof message !== 'string' || message.trim() !== '') return [];
	return [
		{
			...MESSAGE,
			cause: 'The message is empty.',
			remedy: 'Write what people are to decide. It is shown in the email and on the page.',
		},
	];
}

/** The body of this email has another name in the node. */
function asMessage<T extends { field: string; parameter: string }>(issue: T): T {
	return issue.parameter === 'body' ? { ...issue, ...MESSAGE } : issue;
}
