import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isGuarded, type RecipientGuard } from '../mail/allowedRecipients';
import { shorten, type Refusal } from '../mail/issues';
import type { Mail, MailAnswer } from '../mail/mail';
import type { Options, Parameters } from '../mail/parameters';
import { shapeOf, textOf } from '../mail/parsed';
import type { Time } from './deliverMails';
import { readParameters, type Sender } from './parameters';
import { prepareParameters, type PreparedMail } from './prepareMail';
import { send } from './send';

/** Answers or forwards messages: as in {@link send}, with another request at the end. */
export async function reply(
	context: IExecuteFunctions,
	time?: Time,
): Promise<INodeExecutionData[]> {
	return await send(context, time, prepareReply);
}

/** From a designer's parameters to an answer with its files. */
async function prepareReply(
	context: IExecuteFunctions,
	itemIndex: number,
	now: Date,
	sender: Sender,
): Promise<PreparedMail> {
	const chosen = readMode(context.getNodeParameter('replyMode', itemIndex, 'reply'));
	const { mode } = chosen;
	const id = readMessageId(context.getNodeParameter('messageId', itemIndex, ''));
	const parameters: Parameters = {
		...readParameters(context, itemIndex, now),
		answers: mode === 'forward' ? 'forward' : 'reply',
	};
	const guard = guardOf(parameters.options, sender.allowedRecipients);
	const prepared = await prepareParameters(context, itemIndex, parameters, sender, (mail) =>
		asAnswer(mail, {
			mode,
			messageId: id.messageId ?? '',
			...(mode !== 'forward' && isGuarded(guard) ? { guard } : {}),
		}),
	);
	const refusals = [
		...(chosen.refusal ? [chosen.refusal] : []),
		...(id.refusal ? [id.refusal] : []),
		...refuseUnknownRecipients(mode, guard, sender),
		...prepared.refusals,
	];
	return { ...prepared, refusals };
}

/** Graph puts the comment above the history; a body in the message would replace it. */
function asAnswer(mail: Mail, answer: Omit<MailAnswer, 'comment'>): Mail {
	const { body, ...message } = mail.message;
	const content = body?.content ?? '';
	const comment = body?.contentType === 'text' ? asHtml(content) : content;
	return { ...mail, message, saveToSentItems: true, answer: { ...answer, comment } };
}

/** The comment is HTML, so the lines and signs of a text have to be written as such. */
function asHtml(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/\r\n?|\n/g, '<br>');
}

const MODES: readonly unknown[] = ['reply', 'replyAll', 'forward'] satisfies Array<
	MailAnswer['mode']
>;

/** The mode becomes a part of Graph's address, and an expression may give any text. */
function readMode(value: unknown): { mode: MailAnswer['mode']; refusal?: Refusal } {
	if (MODES.includes(value)) return { mode: value as MailAnswer['mode'] };
	return {
		mode: 'reply',
		refusal: {
			field: 'Reply Mode',
			parameter: 'replyMode',
			cause: `The mode is not one of the list; the value is ${shapeOf(value)}.`,
			remedy:
				'Choose Reply, Reply to All or Forward, or let the expression give reply, replyAll or forward.',
		},
	};
}

const FIELD = { field: 'Message ID', parameter: 'messageId' };

function readMessageId(value: unknown): { messageId?: string; refusal?: Refusal } {
	const id = textOf(value)?.trim() ?? '';
	if (id === '') {
		const cause = `There is no message ID; the value is ${shapeOf(value)}.`;
		return { refusal: { ...FIELD, cause, remedy: WHERE_FROM } };
	}
	if (/^\.+$/.test(id)) {
		const cause = 'This is not the ID of a message.';
		return { refusal: { ...FIELD, value: id, cause, remedy: WHERE_FROM } };
	}
	if (/[<>@\s]/.test(id)) {
		return {
			refusal: {
				...FIELD,
				value: shorten(id),
				cause: 'This is the Message-ID header of the email, by which Graph does not find it.',
				remedy: WHERE_FROM,
			},
		};
	}
	return { messageId: id };
}

const WHERE_FROM =
	"Use the field id of n8n's Microsoft Outlook trigger or node, such as {{ $json.id }}, for the same mailbox; not internetMessageId.";

function guardOf(options: Options, account: unknown): RecipientGuard {
	return {
		account,
		...('allowedRecipients' in options ? { node: options.allowedRecipients ?? null } : {}),
	};
}

/** Who gets a reply is in the original; only with Mail.ReadWrite a draft shows it before it is sent. */
function refuseUnknownRecipients(
	mode: MailAnswer['mode'],
	guard: RecipientGuard,
	{ rights }: Sender,
): Refusal[] {
	if (mode === 'forward' || !isGuarded(guard) || rights.granted?.has('Mail.ReadWrite')) return [];
	return [
		{
			field: 'Reply Mode',
			parameter: 'replyMode',
			cause:
				'A list of allowed recipients is in force, and the node cannot see who would receive this reply.',
			remedy:
				'Use Forward, or Send to an address of your choice, or grant Mail.ReadWrite, with which the node checks the recipients in a draft.',
		},
	];
}
