import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { GraphAnswer } from './exchange';

/** What is read of an answer at most, in bytes. Graph's largest is a draft with a body of 4 MB. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * Reads an answer whose headers are complete. Status and headers are what decides, so a body that
 * is cut off or endless does not undo them: it ends where it was cut.
 */
export async function readAnswer(response: IncomingMessage): Promise<GraphAnswer> {
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of response as AsyncIterable<Buffer>) {
			chunks.push(chunk);
			size += chunk.length;
			if (size >= MAX_BODY_BYTES) break;
		}
	} catch {
		// The connection broke in the body; what has come is the answer.
	}
	return {
		status: response.statusCode ?? 0,
		headers: joinedHeaders(response.headers),
		body: Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString('utf8'),
	};
}

function joinedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
	const joined: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(', ') : value;
	}
	return joined;
}
