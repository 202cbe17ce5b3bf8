import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/** Bytes that look like nothing and are the same each time, at any size, without being held. */
export function* generatedBytes(size: number): Generator<Buffer> {
	const step = 64 * 1024;
	const block = createHash('shake256', { outputLength: step }).update('a file').digest();
	for (let at = 0; at < size; at += step) {
		const chunk = Buffer.from(block.subarray(0, Math.min(step, size - at)));
		if (chunk.length >= 4) chunk.writeUInt32BE(at);
		yield chunk;
	}
}

export function generatedFile(size: number): { content: () => Readable; sha256: string } {
	const hash = createHash('sha256');
	for (const chunk of generatedBytes(size)) hash.update(chunk);
	return {
		content: () => Readable.from(generatedBytes(size)),
		sha256: hash.digest('hex'),
	};
}
