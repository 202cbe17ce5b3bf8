import { ReadStream } from 'node:fs';
import type { IBinaryData } from 'n8n-workflow';
import { UnreadableFile } from '../graph/fileContent';
import type { BinaryContext } from './itemFiles';

/** The bytes of a file, which stay where they are until somebody reads them. */
export interface Content {
	/** Bytes. */
	size: number;
	/**
	 * Reads from the start, each time anew. A chunk is valid until the next one is asked for.
	 *
	 * @throws {UnreadableFile} also while it is read
	 */
	read(): AsyncIterable<Uint8Array>;
}

/** How much of a file is in memory at once, in bytes; a multiple of 3, so that base64 fits. */
const CHUNK_BYTES = 192 * 1024;

/**
 * The content of an input data field: in the item as base64, or stored outside, where only its size
 * is asked for now.
 *
 * @throws {UnreadableFile} when n8n no longer knows the stored file
 */
export async function contentOf(
	{ helpers }: BinaryContext,
	field: string,
	{ id, data }: IBinaryData,
): Promise<Content> {
	if (!id) return { size: base64Size(data), read: () => decode(data) };
	const { fileSize } = await orUnreadable(field, async () => await helpers.getBinaryMetadata(id));
	return {
		size: fileSize,
		read: () => readStored(field, async () => await helpers.getBinaryStream(id, CHUNK_BYTES)),
	};
}

async function* readStored(
	field: string,
	open: () => Promise<AsyncIterable<unknown>>,
): AsyncGenerator<Uint8Array> {
	const stream = await orUnreadable(field, open);
	const chunks = stream[Symbol.asyncIterator]();
	try {
		for (;;) {
			const { done, value } = await orUnreadable(field, async () => await chunks.next());
			if (done) return;
			yield value as Uint8Array;
			if (stream instanceof ReadStream) release(value as Uint8Array);
		}
	} finally {
		// Whoever stops reading early must not leave the file open.
		await chunks.return?.();
	}
}

/**
 * Gives memory back at once instead of at the garbage collector's leisure, which takes 64 MB for
 * little. A stream of a local file makes a buffer for each chunk and keeps none. ES2024; an older
 * Node.js goes without.
 */
function release({ buffer, byteLength }: Uint8Array): void {
	const { transfer } = buffer as { transfer?: (newLength: number) => ArrayBuffer };
	if (buffer.byteLength === byteLength) transfer?.call(buffer, 0);
}

async function orUnreadable<T>(field: string, work: () => Promise<T>): Promise<T> {
	return await work().catch(async (cause: unknown) => {
		const reason = 'n8n can no longer read the stored file.';
		return await Promise.reject(new UnreadableFile(field, reason, cause));
	});
}

const CANONICAL = /^[A-Za-z0-9+/]*={0,2}$/;

function isCanonical(base64: string): boolean {
	return base64.length % 4 === 0 && CANONICAL.test(base64);
}

function base64Size(base64: string): number {
	if (!isCanonical(base64)) return Buffer.from(base64, 'base64').length;
	const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
	return (base64.length / 4) * 3 - padding;
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
