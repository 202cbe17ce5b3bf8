import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { guardOf, isGuarded } from '../mail/allowedRecipients';
import { refusal } from '../mail/issues';
import type { Mail, MailAnswer } from '../mail/mail';
import { readChoice } from '../mail/options';
import type { Parameters } from '../mail/parameters';
import { read, shapeOf, textOf, type Parsed, refuse } from '../mail/parsed';
import type { Time } from './deliverMails';
import { readParameters, type Sender } from './parameters';
import { htmlOf, prepareParameters, type PreparedMail } from './prepareMail';
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
	// The mode becomes a part of Graph's address, and an expression may give any text.
	const chosen = readChoice(
		'replyMode',
		context.getNodeParameter('replyMode', itemIndex, 'reply'),
		['reply', 'replyAll', 'forward'],
	);
	const mode = chosen.value ?? 'reply';
	const id = readMessageId(context.getNodeParameter('messageId', itemIndex, ''));
	const parameters: Parameters = {
		...readParameters(context, itemIndex, now),
		answers: mode === 'forward' ? 'forward' : 'reply',
	};
	const guard = guardOf(parameters.options, sender.allowedRecipients);
	const isChecked = mode !== 'forward' && isGuarded(guard);
	const prepared = await prepareParameters(context, itemIndex, parameters, sender, (mail) =>
		asAnswer(mail, {
			mode,
			messageId: id.value ?? '',
			...(isChecked ? { guard } : {}),
		}),
	);
	const refusals = [
		...chosen.refusals,
		...id.refusals,
		...(isChecked && !sender.rights.granted?.has('Mail.ReadWrite') ? [UNKNOWN_RECIPIENTS] : []),
		...prepared.refusals,
	];
	return { ...prepared, refusals };
}

/** Graph puts the comment, which is HTML, above the history; a body in the message would replace it. */
function asAnswer(mail: Mail, answer: Omit<MailAnswer, 'comment'>): Mail {
	const { body: _comment, ...message } = mail.message;
	return { ...mail, message, saveToSentItems: true, answer: { ...answer, comment: htmlOf(mail) } };
}

const WHERE_FROM =
	"Use the field id of n8n's Microsoft Outlook trigger or node, such as {{ $json.id }}, for the same mailbox; not internetMessageId.";

function readMessageId(value: unknown): Parsed<string> {
	const id = textOf(value)?.trim() ?? '';
	if (id === '') {
		const cause = `There is no message ID; the value is ${shapeOf(value)}.`;
		return refuse('messageId', { cause, remedy: WHERE_FROM });
	}
	const cause = /^\.+$/.test(id)
		? 'This is not the ID of a message.'
		: /[<>@\s]/.test(id)
			? 'This is the Message-ID header of the email, by which Graph does not find it.'
			: undefined;
	if (cause === undefined) return read(id);
	return refuse('messageId', { cause, remedy: WHERE_FROM, value: id });
}

/** Who gets a reply is in the original; only with Mail.ReadWrite a draft shows it before it is sent. */
const UNKNOWN_RECIPIENTS = refusal('replyMode', {
	cause:
		'A list of allowed recipients is in force, and the node cannot see who would receive this reply.',
	remedy:
		'Use Forward, or Send to an address of your choice, or grant Mail.ReadWrite, with which the node checks the recipients in a draft.',
});
