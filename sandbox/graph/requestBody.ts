import type { FastifyInstance } from 'fastify';
import { GraphRefusal } from './graphError';
import { LIMITS } from './limits';

/**
 * Reads every body whole, up to Graph's limit. What is above it is read to its end and dropped, so
 * that the client gets its 413 and not a broken connection.
 */
export function registerRequestBody(server: FastifyInstance): void {
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', async (_request: unknown, payload: AsyncIterable<Buffer>) => {
		const chunks: Buffer[] = [];
		let size = 0;
		for await (const chunk of payload) {
			size += chunk.length;
			if (size <= LIMITS.requestBytes) chunks.push(chunk);
			else chunks.length = 0;
		}
		if (size > LIMITS.requestBytes) {
			throw new GraphRefusal(
				413,
				'RequestEntityTooLarge',
				'The request is larger than the maximum allowed size of 4 MB.',
			);
		}
		return Buffer.concat(chunks);
	});
}
