import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Cloud } from '../cloud';
import { acceptAttachment, withoutContent } from './attachmentContent';
import { callerOf } from './bearer';
import { sizeOf, type Draft } from './drafts';
import { GraphRefusal } from './graphError';
import { LIMITS } from './limits';
import { checkAttachment, checkMessage } from './messageRules';
import { readShape, type WritableMessage } from './messageShape';
import { mailboxOf, requireScope, type Caller } from './sender';
import { checkMailbox, submit } from './submit';
import { openUploadSession } from './uploadRoutes';

type DraftRoute = { Params: { id: string } };

/** Drafts, their attachments, and sending them. @cites draftsNeedReadWrite */
export function registerDrafts(server: FastifyInstance, cloud: Cloud): void {
	const folder = '/v1.0/me/messages';
	server.post(folder, { config: { operation: 'draft' } }, (request, reply) => {
		const caller = callerOf(request);
		requireScope(caller, 'Mail.ReadWrite');
		const draft = createDraft(bodyOf(request), caller, cloud);
		return reply.code(201).send(show(draft, cloud));
	});
	server.get<{ Querystring: { $filter?: string } }>(
		'/v1.0/me/mailFolders/inbox/messages',
		{ config: { operation: 'readDraft' } },
		(request) => {
			const caller = callerOf(request);
			requireScope(caller, 'Mail.ReadWrite', 'Mail.Read');
			const subject = /^subject eq '([^']*)'$/.exec(request.query.$filter ?? '')?.[1];
			const found = cloud.inbox.list(mailboxOf(caller, cloud).address, subject);
			return { value: found.map(({ id }) => ({ id, subject })) };
		},
	);
	server.get<DraftRoute>(`${folder}/:id`, { config: { operation: 'readDraft' } }, (request) => {
		requireScope(callerOf(request), 'Mail.ReadWrite', 'Mail.Read');
		return show(find(request, cloud), cloud);
	});
	server.delete<DraftRoute>(
		`${folder}/:id`,
		{ config: { operation: 'deleteDraft' } },
		(request, reply) => {
			requireScope(callerOf(request), 'Mail.ReadWrite');
			cloud.drafts.delete(find(request, cloud).id);
			return reply.code(204).send();
		},
	);
	server.post<DraftRoute>(
		`${folder}/:id/attachments`,
		{ config: { operation: 'attachment' } },
		(request, reply) => {
			requireScope(callerOf(request), 'Mail.ReadWrite');
			return reply.code(201).send(attach(request, cloud));
		},
	);
	server.post<DraftRoute>(
		`${folder}/:id/attachments/createUploadSession`,
		{ config: { operation: 'uploadSession' } },
		(request, reply) => {
			requireScope(callerOf(request), 'Mail.ReadWrite');
			const draft = find(request, cloud);
			const mailbox = mailboxOf(callerOf(request), cloud);
			const { AttachmentItem: item } = readShape('createUploadSession', bodyOf(request));
			const session = openUploadSession(draft, item, mailbox, cloud);
			return reply.code(201).send(session);
		},
	);
	server.post<DraftRoute>(
		`${folder}/:id/send`,
		{ config: { operation: 'send' } },
		(request, reply) => {
			const caller = callerOf(request);
			requireScope(caller, 'Mail.Send');
			const draft = find(request, cloud);
			submit(
				{
					via: 'draft',
					answers: draft.answers,
					message: draft.message,
					attachments: [...draft.attachments],
					// @cites draftIsCopied
					saveToSentItems: true,
					size: sizeOf(draft),
				},
				caller,
				request,
				cloud,
			);
			cloud.drafts.delete(draft.id);
			return reply.code(202).send();
		},
	);
}

function bodyOf(request: FastifyRequest): Buffer {
	return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function createDraft(body: Buffer, caller: Caller, cloud: Cloud): Draft {
	return keepDraft({ message: readShape('message', body), size: body.length }, caller, cloud);
}

/** Puts a new message into the Drafts folder of the caller. */
export function keepDraft(
	{ message, size, answers }: { message: WritableMessage; size: number; answers?: string },
	caller: Caller,
	cloud: Cloud,
): Draft {
	const mailbox = mailboxOf(caller, cloud);
	checkMessage(message);
	checkMailbox(mailbox, size);
	const { attachments = [], ...rest } = message;
	const id = `AAMk${randomBytes(48).toString('base64url')}=`;
	const draft: Draft = {
		id,
		mailbox: mailbox.address,
		internetMessageId: `<${randomBytes(12).toString('hex')}@${mailbox.address.split('@')[1]}>`,
		webLink: `${cloud.loginOrigin}/outbox?ItemID=${encodeURIComponent(id)}&exvsurl=1&viewmodel=ReadMessageItem`,
		message: {
			...rest,
			...(attachments.length > 0 ? { attachments: attachments.map(withoutContent) } : {}),
		},
		attachments: attachments.map(acceptAttachment),
		ownSize: size,
		...(answers === undefined ? {} : { answers }),
		createdAtMs: Date.now(),
	};
	cloud.drafts.drafts.set(id, draft);
	return draft;
}

function find(request: FastifyRequest<DraftRoute>, cloud: Cloud): Draft {
	const draft = cloud.drafts.drafts.get(request.params.id);
	const { account } = callerOf(request);
	// @cites draftLag
	const isThere =
		draft !== undefined && Date.now() - draft.createdAtMs >= cloud.settings.draftLagMs;
	if (isThere && draft.mailbox === account.userPrincipalName) return draft;
	throw new GraphRefusal(
		404,
		'ErrorItemNotFound',
		'The specified object was not found in the store.',
	);
}

function attach(request: FastifyRequest<DraftRoute>, cloud: Cloud) {
	const draft = find(request, cloud);
	const attachment = readShape('fileAttachment', bodyOf(request));
	checkAttachment(attachment);
	const accepted = acceptAttachment(attachment);
	// learn.microsoft.com/graph/api/message-post-attachments: "under 3 MB". D; code U
	if (accepted.size >= LIMITS.uploadSessionFromBytes) {
		throw new GraphRefusal(
			413,
			'ErrorAttachmentSizeLimitExceeded',
			'The attachment is 3 MB or larger: use an upload session.',
		);
	}
	checkMailbox(mailboxOf(callerOf(request), cloud), sizeOf(draft) + accepted.size);
	draft.attachments.push(accepted);
	return {
		id: `${draft.id}/${draft.attachments.length}`,
		...withoutContent(attachment),
		size: accepted.size,
	};
}

export function show(draft: Draft, cloud: Cloud) {
	return {
		'@odata.context': `${cloud.graphOrigin}/v1.0/$metadata#users('me')/messages/$entity`,
		id: draft.id,
		internetMessageId: draft.internetMessageId,
		webLink: draft.webLink,
		isDraft: true,
		hasAttachments: draft.attachments.some(({ isInline }) => !isInline),
		...draft.message,
	};
}
