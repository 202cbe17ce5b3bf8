import { createHash } from 'node:crypto';
import type { AcceptedAttachment } from '../outbox/outbox';
import type { WritableFileAttachment } from './messageShape';

/** Larger files are kept as their hash, so that the sandbox's memory stays small. */
export const KEPT_UP_TO_BYTES = 1024 * 1024;

export function acceptAttachment(attachment: WritableFileAttachment): AcceptedAttachment {
	const content = Buffer.from(attachment.contentBytes ?? '', 'base64');
	return {
		name: attachment.name ?? '',
		contentType: attachment.contentType ?? 'application/octet-stream',
		size: content.length,
		sha256: createHash('sha256').update(content).digest('hex'),
		isInline: attachment.isInline ?? false,
		contentId: attachment.contentId ?? null,
		...(content.length <= KEPT_UP_TO_BYTES ? { content } : {}),
	};
}

export function withoutContent(attachment: WritableFileAttachment): WritableFileAttachment {
	const { contentBytes: _content, ...rest } = attachment;
	return rest;
}
