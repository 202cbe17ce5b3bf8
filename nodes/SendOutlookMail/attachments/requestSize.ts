import { toFileAttachment, type FileDescription } from '../graph/fileAttachment';

/** What a mail is before its files; JSON. */
export interface MailJson {
	message: object;
	saveToSentItems: boolean;
}

export type SizedFile = FileDescription & { size: number };

/** Bytes of the `sendMail` request with all files in it, exactly as it would leave. */
export function sendMailBytes(
	{ message, saveToSentItems }: MailJson,
	files: readonly SizedFile[],
): number {
	const attachments = files.map((file) => toFileAttachment(file, ''));
	const withFiles = files.length === 0 ? message : { ...message, attachments };
	return jsonBytes({ message: withFiles, saveToSentItems }) + contentBytes(files);
}

/** Bytes of the request that gives a draft one file. */
export function attachmentBytes(file: SizedFile): number {
	return jsonBytes(toFileAttachment(file, '')) + contentBytes([file]);
}

export function jsonBytes(value: object): number {
	return Buffer.byteLength(JSON.stringify(value));
}

/** Base64 makes four bytes of three (RFC 4648). */
function contentBytes(files: readonly SizedFile[]): number {
	return files.reduce((sum, { size }) => sum + Math.ceil(size / 3) * 4, 0);
}
