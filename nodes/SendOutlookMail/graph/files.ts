import type { AttachmentItem, FileAttachment } from '@microsoft/microsoft-graph-types';
import { definedEntries } from '../facts/json';
import type { MailFile } from '../mail/mail';

/** A file of an email that can't be read when the email is sent. */
export class UnreadableFile extends Error {
	override readonly name = 'UnreadableFile';

	/**
	 * @param file the name under which the designer knows it
	 * @param reason what is wrong with it; one sentence
	 */
	constructor(
		readonly file: string,
		reason: string,
		cause?: unknown,
	) {
		super(reason, { cause });
	}
}

/**
 * The whole of a small file, in base64.
 *
 * @throws {UnreadableFile} also when it has not as many bytes as said
 */
export async function readBase64(file: FileContent): Promise<string> {
	let content = '';
	for await (const { bytes } of byteRanges(file, 0, file.size)) content = bytes.toString('base64');
	return content;
}

type FileContent = Pick<MailFile, 'name' | 'size' | 'read'>;

/** A part of a file; `bytes` are valid until the next part is asked for. */
export interface ByteRange {
	/** Counted from 0. */
	start: number;
	bytes: Buffer;
}

/**
 * Cuts a file into ranges, one in memory at a time: the same buffer serves them all.
 *
 * @param from the first byte that is wanted; before the end
 * @throws {UnreadableFile} when the file has not as many bytes as said
 */
export async function* byteRanges(
	{ name, size, read: readContent }: FileContent,
	from: number,
	rangeBytes: number,
): AsyncGenerator<ByteRange> {
	const buffer = Buffer.allocUnsafeSlow(Math.min(rangeBytes, size - from));
	let read = 0;
	let start = from;
	let filled = 0;
	for await (const chunk of readContent()) {
		let at = Math.min(chunk.length, Math.max(0, from - read));
		read += chunk.length;
		if (read > size) break;
		while (at < chunk.length) {
			const taken = Math.min(chunk.length - at, buffer.length - filled, size - start - filled);
			buffer.set(chunk.subarray(at, at + taken), filled);
			at += taken;
			filled += taken;
			if (filled < buffer.length && start + filled < size) continue;
			yield { start, bytes: buffer.subarray(0, filled) };
			start += filled;
			filled = 0;
		}
	}
	if (read !== size) throw new UnreadableFile(name, 'its size has changed.');
}

/** A file for Graph, its content aside. */
export type FileDescription = Pick<MailFile, 'name' | 'contentType' | 'isInline' | 'contentId'>;

/** A file with its content, as a message or a request of its own carries it. */
export type FileAttachmentBody = FileAttachment & { '@odata.type': string };

/** @param contentBytes base64 */
export function toFileAttachment(file: FileDescription, contentBytes: string): FileAttachmentBody {
	return {
		'@odata.type': '#microsoft.graph.fileAttachment',
		name: file.name,
		contentType: file.contentType,
		...placeOf(file),
		contentBytes,
	};
}

/** What an upload session has to know of a file before it comes. */
export function toAttachmentItem(file: FileDescription & { size: number }): AttachmentItem {
	return {
		attachmentType: 'file',
		name: file.name,
		size: file.size,
		contentType: file.contentType,
		...placeOf(file),
	};
}

/** Only said of files within the body: attached is Graph's own default. */
function placeOf({ isInline, contentId }: FileDescription) {
	return isInline ? definedEntries({ isInline, contentId }) : {};
}
