import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import { copyHtml, emailHtml } from '../ask/email';
import type { Sign } from '../ask/links';
import type { Person, Question } from '../ask/question';
import { readQuestion } from '../ask/readQuestion';
import { safeHtml } from '../ask/safeHtml';
import type { Language } from '../ask/words';
import { refusal, type Refusal } from '../mail/issues';
import type { Mail } from '../mail/mail';
import { FIELD_NAMES, type MailField } from '../mail/parameters';
import { readParameters, type Sender } from './parameters';
import { htmlOf, prepareParameters, type PreparedMail } from './prepareMail';
import { withToolParameters } from './reviewMessage';

/** A question and its email, before it is addressed to anybody in particular. */
export interface QuestionDraft {
	/** As the page shows it, and as the execution keeps it. */
	question: Question;
	/** Addressed to everybody, with the message as its body. */
	mail: Mail;
	messageHtml: string;
	/** Of the email's own words. */
	language: Language;
}

/**
 * Reads the parameters of the first item and checks them all. Reaches no network of Microsoft's.
 *
 * @returns the draft unless something can't be sent
 * @throws what n8n throws for an expression that cannot be computed
 */
export async function prepareQuestion(
	context: IExecuteFunctions,
	{ now, sender, humanReview, id }: { now: Date; sender: Sender; humanReview: boolean; id: string },
): Promise<Pick<PreparedMail, 'refusals' | 'warnings' | 'repetition'> & { draft?: QuestionDraft }> {
	const read = (name: string, fallback: NodeParameterValueType) =>
		context.getNodeParameter(name, 0, fallback) as unknown;
	const parameters = readParameters(context, 0, now, NAMES_HERE);
	const { options, timeZone, bodyType } = parameters;
	const body = humanReview
		? withToolParameters(context, parameters.body, bodyType)
		: parameters.body;
	const asked = readQuestion({
		responseType: read('responseType', 'approval'),
		choices: read('choices', {}),
		requireComment: read('requireComment', 'declined'),
		confirmation: read('confirmation', 'button'),
		deadline: read('deadline', {}),
		language: options.language ?? 'en',
		...{ humanReview, timeZone, now },
	});
	const given = { ...parameters, body };
	const { plan, repetition, ...prepared } = await prepareParameters(context, 0, given, sender);
	const refusals = [
		...[...prepared.refusals, ...refuseEmpty(body)].map(asMessage),
		...asked.refusals,
	];
	const warnings = prepared.warnings.map(asMessage);
	const mail = plan?.mail;
	if (refusals.length > 0 || !mail || !asked.value) return { refusals, warnings, repetition };
	const { language, ...askedFor } = asked.value;
	const messageHtml = htmlOf(mail);
	const question: Question = {
		id,
		subject: mail.message.subject ?? '',
		messageHtml: safeHtml(messageHtml),
		people: (mail.message.toRecipients ?? []).map(({ emailAddress }): Person => {
			const { address, name } = emailAddress ?? {};
			return { address: address ?? '', ...(name ? { name } : {}) };
		}),
		...askedFor,
	};
	return { draft: { question, mail, messageHtml, language }, refusals, warnings, repetition };
}

/** One email for each person, with links of their own; the last one, without links, for those in CC. */
export function addressedMails(
	{ question, mail, messageHtml, language }: QuestionDraft,
	sign: Sign,
): Mail[] {
	const { toRecipients = [], ccRecipients = [], bccRecipients: _none, ...message } = mail.message;
	const addressed = (to: typeof toRecipients, content: string): Mail => ({
		...mail,
		message: { ...message, toRecipients: to, body: { contentType: 'html', content } },
	});
	const mails = (toRecipients ?? []).map((recipient, index) =>
		addressed([recipient], emailHtml({ question, person: index + 1, messageHtml, language, sign })),
	);
	if (!ccRecipients || ccRecipients.length === 0) return mails;
	return [...mails, addressed(ccRecipients, copyHtml({ question, messageHtml, language }))];
}

function refuseEmpty(message: unknown): Refusal[] {
	if (typeof message !== 'string' || message.trim() !== '') return [];
	return [
		refusal('message', {
			cause: 'The message is empty.',
			remedy: 'Write what people are to decide. It is shown in the email and on the page.',
		}),
	];
}

/** The body of this email has another name in the node. */
const NAMES_HERE = { bodyType: 'messageType', body: 'message' } as const;

function asMessage<T extends { field: string; parameter: string }>(issue: T): T {
	const parameter = (NAMES_HERE as Partial<Record<string, MailField>>)[issue.parameter];
	return parameter ? { ...issue, parameter, field: FIELD_NAMES[parameter] } : issue;
}
