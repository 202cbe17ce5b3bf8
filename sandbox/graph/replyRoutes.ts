import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Cloud } from '../cloud';
import { acceptAttachment } from './attachmentContent';
import { callerOf } from './bearer';
import { keepDraft, show } from './draftRoutes';
import { GraphRefusal } from './graphError';
import type { InboxMessage } from './inbox';
import { checkMessage } from './messageRules';
import { readShape, type WritableMessage } from './messageShape';
import type { ForwardBody } from './schema/shapes';
import { mailboxOf, requireScope } from './sender';
import { submit } from './submit';

type ReplyRoute = { Params: { id: string } };

const MODES = ['reply', 'replyAll', 'forward'] as const;
type Mode = (typeof MODES)[number];

/**
 * Replies and forwards, in one request with Mail.Send (202 without an ID), or as a draft with
 * Mail.ReadWrite (201). Files in `message` are taken. @cites replyNeedsSend, filesInReply
 */
export function registerReplies(server: FastifyInstance, cloud: Cloud): void {
	for (const mode of MODES) {
		const created = `create${mode[0]!.toUpperCase()}${mode.slice(1)}`;
		server.post<ReplyRoute>(
			`/v1.0/me/messages/:id/${mode}`,
			{ config: { operation: 'reply' } },
			(request, reply) => {
				const caller = callerOf(request);
				requireScope(caller, 'Mail.Send');
				mailboxOf(caller, cloud);
				const { message, size } = answerTo(request, mode, cloud);
				submit(
					{
						...{ via: mode, message, size, answers: request.params.id, saveToSentItems: true },
						attachments: (message.attachments ?? []).map(acceptAttachment),
					},
					caller,
					request,
					cloud,
				);
				return reply.code(202).send();
			},
		);
		server.post<ReplyRoute>(
			`/v1.0/me/messages/:id/${created}`,
			{ config: { operation: 'draft' } },
			(request, reply) => {
				const caller = callerOf(request);
				requireScope(caller, 'Mail.ReadWrite');
				const answer = { ...answerTo(request, mode, cloud), answers: request.params.id };
				return reply.code(201).send(show(keepDraft(answer, caller, cloud), cloud));
			},
		);
	}
}

function answerTo(
	request: FastifyRequest<ReplyRoute>,
	mode: Mode,
	cloud: Cloud,
): { message: WritableMessage; size: number } {
	const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
	const given = body.length === 0 ? {} : readShape(mode === 'forward' ? 'forward' : 'reply', body);
	const { comment, message = {} } = given;
	const original = cloud.inbox.find(request.params.id, callerOf(request).account.userPrincipalName);
	checkMessage(message);
	// @cites commentExcludesBody
	if (comment && message.body) {
		throw new GraphRefusal(
			400,
			'ErrorInvalidRequest',
			'Specify either the comment parameter, or the body property of message, not both.',
		);
	}
	const named = (given as ForwardBody).toRecipients;
	if (mode === 'forward' && Boolean(named?.length) === Boolean(message.toRecipients?.length)) {
		throw new GraphRefusal(
			400,
			'ErrorInvalidRecipients',
			'Specify either the toRecipients parameter, or the toRecipients property of message.',
		);
	}
	return {
		size: body.length,
		message: {
			...message,
			subject: `${mode === 'forward' ? 'FW' : 'RE'}: ${original.subject}`,
			// @cites bodyLosesHistory, htmlInComment
			body: message.body ?? {
				contentType: 'html',
				content: `${comment ?? ''}<hr><blockquote>${original.body}</blockquote>`,
			},
			...recipientsOf(original, mode, named ?? message.toRecipients ?? undefined, message),
		},
	};
}

/** The mailbox itself gets no copy of its own reply. @cites replyToHonored */
function recipientsOf(
	{ from, to = [], cc = [], replyTo, mailbox }: InboxMessage,
	mode: Mode,
	named: WritableMessage['toRecipients'],
	{ ccRecipients }: WritableMessage,
): Pick<WritableMessage, 'toRecipients' | 'ccRecipients'> {
	const people = (addresses: string[]) =>
		addresses
			.filter((address) => address !== mailbox)
			.map((address) => ({ emailAddress: { address } }));
	const answered = people(replyTo?.length ? replyTo : [from]);
	if (named?.length) return { toRecipients: named };
	if (mode === 'reply') return { toRecipients: answered };
	return {
		toRecipients: [...answered, ...people(to)],
		ccRecipients: [...people(cc), ...(ccRecipients ?? [])],
	};
}
