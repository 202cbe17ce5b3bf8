import { createHash, randomBytes } from 'node:crypto';
import type { AttachmentItem } from '@microsoft/microsoft-graph-types';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Cloud } from '../cloud';
import type { Mailbox } from '../directory';
import { sizeOf, type Draft } from './drafts';
import { GraphRefusal } from './graphError';
import { LIMITS } from './limits';
import { checkMailbox } from './submit';
import { takeRange } from './uploadRange';
import type { UploadSession } from './uploadSession';

type UploadRoute = { Params: { token: string } };

/** An upload URL is good for about a week with OneDrive; Outlook's documents show hours. U */
const LIFETIME_MS = 24 * 60 * 60 * 1000;

/** @cites largeFileThroughDraft, smallSessionRefused, uploadHost */
export function openUploadSession(
	draft: Draft,
	{ attachmentType, name, size, ...item }: AttachmentItem,
	mailbox: Mailbox,
	cloud: Cloud,
) {
	if (attachmentType !== 'file' || !name || !Number.isInteger(size)) {
		throw invalid('AttachmentItem needs attachmentType, name and size.');
	}
	const bytes = size ?? 0;
	if (bytes < LIMITS.uploadSessionFromBytes || bytes > LIMITS.uploadSessionToBytes) {
		throw new GraphRefusal(
			400,
			'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize',
			'An upload session takes files from 3 MB to 150 MB.',
		);
	}
	checkMailbox(mailbox, sizeOf(draft) + bytes);
	const session: UploadSession = {
		token: randomBytes(36).toString('base64url'),
		draft,
		item: { ...item, attachmentType, name, size: bytes },
		expiresAt: new Date(Date.now() + LIFETIME_MS),
		hash: createHash('sha256'),
		received: 0,
	};
	cloud.drafts.uploads.set(session.token, session);
	return {
		'@odata.context': `${cloud.graphOrigin}/v1.0/$metadata#microsoft.graph.uploadSession`,
		uploadUrl: `${cloud.uploadOrigin}/upload/${session.token}`,
		...progress(session),
	};
}

function invalid(message: string): GraphRefusal {
	return new GraphRefusal(400, 'ErrorInvalidParameter', message);
}

/** The upload URL: it is its own permission, and a token on it is a fault of the client. @cites uploadRanges */
export function registerUploads(server: FastifyInstance, cloud: Cloud): void {
	server.addHook('onRequest', (request, _reply, done) => {
		if (request.headers.authorization === undefined) return done();
		// "Do not include an Authorization header"; Outlook answers 401 to one. D / R
		done(
			new GraphRefusal(401, 'InvalidAudience', 'No Authorization header goes to an upload URL.'),
		);
	});
	server.put<UploadRoute>(
		'/upload/:token',
		{ config: { operation: 'uploadRange' } },
		(request, reply) => {
			const session = find(request, cloud);
			const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
			takeRange(session, request.headers['content-range'], body);
			// @cites uploadIntermediate
			const { uploadRangeStatus } = cloud.settings;
			if (session.received < session.item.size) {
				return reply.code(uploadRangeStatus).send(hostProgress(session, cloud));
			}
			finish(session, cloud);
			const { draft } = session;
			const id = `${draft.id}/${draft.attachments.length}`;
			const location = `${cloud.graphOrigin}/v1.0/me/messages/${encodeURIComponent(draft.id)}/attachments/${encodeURIComponent(id)}`;
			return reply.code(201).header('Location', location).send();
		},
	);
	server.get<UploadRoute>('/upload/:token', (request) => hostProgress(find(request, cloud), cloud));
	server.delete<UploadRoute>('/upload/:token', (request, reply) => {
		cloud.drafts.uploads.delete(find(request, cloud).token);
		return reply.code(204).send();
	});
}

function find(request: FastifyRequest<UploadRoute>, cloud: Cloud): UploadSession {
	const session = cloud.drafts.uploads.get(request.params.token);
	if (session === undefined || session.expiresAt.getTime() < Date.now()) {
		throw new GraphRefusal(404, 'ErrorItemNotFound', 'The upload session was not found.');
	}
	return session;
}

function progress({ expiresAt, received }: UploadSession) {
	return {
		expirationDateTime: expiresAt.toISOString(),
		nextExpectedRanges: [`${received}-`],
	};
}

/** The same in the upload host's own casing. @cites uploadCasing */
function hostProgress(session: UploadSession, { settings }: Cloud) {
	const { expirationDateTime, nextExpectedRanges } = progress(session);
	return settings.uploadCasing === 'camelCase'
		? { expirationDateTime, nextExpectedRanges }
		: { ExpirationDateTime: expirationDateTime, NextExpectedRanges: nextExpectedRanges };
}

function finish(session: UploadSession, cloud: Cloud): void {
	const { item, hash, draft } = session;
	draft.attachments.push({
		name: item.name,
		contentType: item.contentType ?? 'application/octet-stream',
		size: item.size,
		sha256: hash.digest('hex'),
		isInline: item.isInline ?? false,
		contentId: item.contentId ?? null,
	});
	cloud.drafts.uploads.delete(session.token);
}
