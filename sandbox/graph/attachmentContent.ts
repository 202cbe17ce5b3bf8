import { createHash } from 'node:crypto';
import type { AcceptedAttachment } from '../outbox/outbox';
import type { WritableFileAttachment } from './messageShape';

/** Larger files are kept as their hash, so that the sandbox's memory stays small. */
export const KEPT_UP_TO_BYTES = 1024 * 1024;

export function acceptAttachment(attachment: WritableFileAttachment): AcceptedAttachment {
	return acceptContent(Buffer.from(attachment.contentBytes ?? '', 'base64'), {
		name: attachment.name ?? '',
		contentType: attachment.contentType ?? 'application/octet-stream',
		isInline: attachment.isInline ?? false,
		contentId: attachment.contentId ?? null,
	});
}

export function acceptContent(
	content: Buffer,
	described: Pick<AcceptedAttachment, 'name' | 'contentType' | 'isInline' | 'contentId'>,
): AcceptedAttachment {
	return {
		...described,
		size: content.length,
		sha256: createHash('sha256').update(content).digest('hex'),
		...(content.length <= KEPT_UP_TO_BYTES ? { content } : {}),
	};
}

export function withoutContent(attachment: WritableFileAttachment): WritableFileAttachment {
	const { contentBytes: _content, ...rest } = attachment;
	return rest;
}
