import type { Recipient } from '@microsoft/microsoft-graph-types';
import { GraphRefusal } from './graphError';
import { isBase64 } from './messageRules';
import type { Submission } from './submit';

/** The MIME form of sendMail: a base64 text of an RFC 5322 message. D */
export function readMime(body: Buffer): Submission {
	const encoded = body.toString('latin1').replace(/\s+/g, '');
	if (encoded === '' || !isBase64(encoded)) {
		throw new GraphRefusal(
			400,
			'ErrorMimeContentInvalidBase64String',
			'Invalid base64 string for MIME content.',
		);
	}
	const source = Buffer.from(encoded, 'base64').toString('utf8');
	const [head = '', ...rest] = source.split(/\r?\n\r?\n/);
	const headers = readHeaders(head);
	const from = addresses(headers.get('from'))[0];
	return {
		via: 'mime',
		message: {
			subject: decodeWords(headers.get('subject') ?? ''),
			// Parts are not taken apart: the reader sees the source.
			body: { contentType: 'text', content: rest.join('\r\n\r\n') },
			toRecipients: addresses(headers.get('to')),
			ccRecipients: addresses(headers.get('cc')),
			bccRecipients: addresses(headers.get('bcc')),
			replyTo: addresses(headers.get('reply-to')),
			...(from === undefined ? {} : { from }),
		},
		attachments: [],
		saveToSentItems: true,
		size: source.length,
	};
}

function readHeaders(head: string): Map<string, string> {
	const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
	const pairs = lines.map((line): [string, string] => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
	});
	return new Map(pairs);
}

/** Enough of RFC 5322 for a stand-in: quoted names, angle brackets, commas. */
function addresses(list: string | undefined): Recipient[] {
	const entries = list?.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [];
	return entries.map((entry) => {
		const bracket = /^(.*)<([^>]*)>\s*$/.exec(entry.trim());
		if (bracket === null) return { emailAddress: { address: entry.trim() } };
		const name = decodeWords((bracket[1] ?? '').trim().replace(/^"|"$/g, ''));
		return { emailAddress: { name, address: (bracket[2] ?? '').trim() } };
	});
}

/** RFC 2047, UTF-8 only. */
function decodeWords(text: string): string {
	return text.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) => {
		if (kind.toLowerCase() === 'b') return Buffer.from(word, 'base64').toString('utf8');
		const bytes = word
			.replaceAll('_', ' ')
			.replace(/=([0-9a-f]{2})/gi, (__, hex: string) => String.fromCharCode(parseInt(hex, 16)));
		return Buffer.from(bytes, 'latin1').toString('utf8');
	});
}
