import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { LONGEST_ERROR_BODY, type RawAnswer } from './answer';

/** What is read of a body that was asked for, in bytes. Graph's largest is a draft of 4 MB. */
const LONGEST_WANTED_BODY = 16 * 1024 * 1024;

/**
 * Reads an answer whose headers are complete. Status and headers are what decides, so a body that
 * is cut off or endless does not undo them: it ends where it was cut.
 *
 * @param keepJson whether the body was asked for
 */
export async function readAnswer(response: IncomingMessage, keepJson = false): Promise<RawAnswer> {
	const longest = keepJson ? LONGEST_WANTED_BODY : LONGEST_ERROR_BODY;
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of response as AsyncIterable<Buffer>) {
			chunks.push(chunk);
			size += chunk.length;
			if (size > longest) break;
		}
	} catch {
		// The connection broke in the body; what has come is the answer.
	}
	return {
		status: response.statusCode ?? 0,
		headers: joinedHeaders(response.headers),
		body: Buffer.concat(chunks).toString('utf8'),
	};
}

function joinedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
	const joined: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(', ') : value;
	}
	return joined;
}
