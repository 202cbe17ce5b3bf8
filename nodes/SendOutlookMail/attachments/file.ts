import { ReadStream } from 'node:fs';
import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { UnreadableFile } from '../graph/files';
import type { MailFile } from '../mail/mail';

/** What attachments take from n8n. */
export interface BinaryContext
	extends Partial<Pick<IExecuteFunctions, 'getNode' | 'getParentNodes' | 'getWorkflowDataProxy'>> {
	getInputData(): INodeExecutionData[];
	/** Since n8n 2.27; an older host keeps files in `binary` only. */
	getWorkflowSettings?(): { binaryMode?: unknown };
	helpers: Pick<
		IExecuteFunctions['helpers'],
		'assertBinaryData' | 'getBinaryStream' | 'getBinaryMetadata'
	>;
}

/** How much of a file is in memory at once, in bytes; a multiple of 3, so that base64 fits. */
const CHUNK_BYTES = 192 * 1024;

/**
 * The content of an input data field: in the item as base64, or stored outside, where only its size
 * is asked for now.
 *
 * @throws what n8n throws for a stored file that it no longer knows
 */
export async function contentOf(
	{ helpers }: BinaryContext,
	field: string,
	{ id, data }: IBinaryData,
): Promise<Pick<MailFile, 'size' | 'read'>> {
	if (!id) return { size: base64Size(data), read: () => decode(data) };
	const { fileSize: size } = await helpers.getBinaryMetadata(id);
	return {
		size,
		read: () => readStored(field, async () => await helpers.getBinaryStream(id, CHUNK_BYTES)),
	};
}

async function* readStored(
	field: string,
	open: () => Promise<AsyncIterable<unknown>>,
): AsyncGenerator<Uint8Array> {
	try {
		const stream = await open();
		// Closes the stream, also when reading stops early.
		for await (const chunk of stream as AsyncIterable<Uint8Array>) {
			yield chunk;
			if (stream instanceof ReadStream) release(chunk);
		}
	} catch (cause) {
		const reason = 'n8n can no longer read the stored file.';
		await Promise.reject(new UnreadableFile(field, reason, cause));
	}
}

/**
 * Gives memory back at once: the garbage collector takes its time while 64 MB are in use. A stream of a
 * local file makes a buffer for each chunk and keeps none. ES2024; an older Node.js goes without.
 */
function release({ buffer, byteLength }: Uint8Array): void {
	const { transfer } = buffer as { transfer?: (newLength: number) => ArrayBuffer };
	if (buffer.byteLength === byteLength) transfer?.call(buffer, 0);
}

const CANONICAL = /^[A-Za-z0-9+/]*={0,2}$/;

function isCanonical(base64: string): boolean {
	return base64.length % 4 === 0 && CANONICAL.test(base64);
}

function base64Size(base64: string): number {
	return isCanonical(base64)
		? Buffer.byteLength(base64, 'base64')
		: Buffer.from(base64, 'base64').length;
}

async function* decode(base64: string): AsyncGenerator<Uint8Array> {
	if (!isCanonical(base64)) {
		// Line breaks or the URL alphabet: Node.js reads both, but not piece by piece.
		yield Buffer.from(base64, 'base64');
		return;
	}
	const step = (CHUNK_BYTES / 3) * 4;
	for (let at = 0; at < base64.length; at += step) {
		yield Buffer.from(base64.slice(at, at + step), 'base64');
	}
}

/** File systems of recipients take no longer names: NTFS and ext4 alike. */
const NAME_CHARACTERS = 255;

/**
 * Extensions of the types that flows make, for a file without a name whose n8n data has none.
 * https://www.iana.org/assignments/media-types
 */
const EXTENSIONS: Readonly<Record<string, string>> = {
	'application/json': 'json',
	'application/msword': 'doc',
	'application/pdf': 'pdf',
	'application/rtf': 'rtf',
	'application/vnd.ms-excel': 'xls',
	'application/vnd.ms-outlook': 'msg',
	'application/vnd.ms-powerpoint': 'ppt',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
	'application/xml': 'xml',
	'application/zip': 'zip',
	'image/bmp': 'bmp',
	'image/gif': 'gif',
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/svg+xml': 'svg',
	'image/tiff': 'tiff',
	'image/webp': 'webp',
	'message/rfc822': 'eml',
	'text/calendar': 'ics',
	'text/csv': 'csv',
	'text/html': 'html',
	'text/markdown': 'md',
	'text/plain': 'txt',
	'text/vcard': 'vcf',
};

const DEFAULT_CONTENT_TYPE = 'application/octet-stream';

/** RFC 2045 §5.1, as far as a type can be told from nonsense: `type/subtype` and parameters. */
const CONTENT_TYPE = /^[\w.+!#$&^-]+\/[\w.+!#$&^-]+(?:\s*;[\x20-\x7E]*)?$/;

/** The MIME type of n8n's data, or the one for unknown bytes. */
export function contentTypeOf({ mimeType }: Pick<IBinaryData, 'mimeType'>): string {
	const type = typeof mimeType === 'string' ? mimeType.trim() : '';
	return CONTENT_TYPE.test(type) ? type : DEFAULT_CONTENT_TYPE;
}

/**
 * The name under which a file is sent: its own, without folders and without characters that a file
 * system refuses or that pass one name off as another; else the field's name with the extension of
 * the MIME type.
 */
export function nameOf(
	field: string,
	file: Pick<IBinaryData, 'fileName' | 'fileExtension' | 'mimeType'>,
): string {
	const own = cleanName(file.fileName ?? '');
	if (own !== '') return own;
	const type = contentTypeOf(file).split(';', 1)[0]!.trim().toLowerCase();
	const extension = cleanName(file.fileExtension ?? '').replace(/^\.+/, '') || EXTENSIONS[type];
	const base = cleanName(field) || 'attachment';
	return extension === undefined || base.toLowerCase().endsWith(`.${extension.toLowerCase()}`)
		? base
		: fit(base, `.${extension}`);
}

/** Names that differ in case only are one name on most desktops. */
export function tellApart(names: readonly string[]): string[] {
	const taken = new Set(names.map((name) => name.toLowerCase()));
	const used = new Set<string>();
	return names.map((name) => {
		const unique = used.has(name.toLowerCase()) ? numbered(name, taken) : name;
		used.add(unique.toLowerCase());
		taken.add(unique.toLowerCase());
		return unique;
	});
}

function numbered(name: string, taken: ReadonlySet<string>): string {
	const [base, extension] = split(name);
	for (let number = 2; ; number++) {
		const candidate = fit(base, ` (${number})${extension}`);
		if (!taken.has(candidate.toLowerCase())) return candidate;
	}
}

/** Marks that turn the reading direction make `exe.pdf` of `fdp.exe`. */
const DIRECTION_MARKS = /[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Controls, line ends, what Windows refuses in a name, halves of characters. */
const REFUSED = /[\p{Cc}\u2028\u2029<>:"|?*\p{Surrogate}]/gu;

function cleanName(text: string): string {
	const clean = String(text)
		.slice(-4 * NAME_CHARACTERS)
		.replace(/^.*[/\\]/s, '')
		.replace(DIRECTION_MARKS, '')
		.replace(REFUSED, '_')
		.replace(/[\s.]+$/u, '')
		.trimStart();
	return fit(...split(clean));
}

function split(name: string): [base: string, extension: string] {
	const dot = name.lastIndexOf('.');
	return dot <= 0 || name.length - dot > 20 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
}

/** Cuts the base, never the extension, and no character in half. */
function fit(base: string, ending: string): string {
	const available = NAME_CHARACTERS - ending.length;
	if (base.length <= available) return base + ending;
	return base.slice(0, available).replace(/\p{Surrogate}$/u, '') + ending;
}

/**
 * The files that a preview adds to an item: the email and, of a question, the page that its links open. `*` leaves them out: an email does not
 * carry its own preview.
 */
export const PREVIEW_FILES = {
	email: { fileName: 'email.html', mimeType: 'text/plain', fileType: 'html' },
	page: { fileName: 'page.html', mimeType: 'text/plain', fileType: 'html' },
} as const;

export type PreviewFile = (typeof PREVIEW_FILES)[keyof typeof PREVIEW_FILES];

export function isPreview(file: IBinaryData): boolean {
	return Object.values(PREVIEW_FILES).some(
		({ fileName, mimeType, fileType }) =>
			file.fileName === fileName && file.mimeType === mimeType && file.fileType === fileType,
	);
}
