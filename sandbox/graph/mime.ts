import type { Recipient } from '@microsoft/microsoft-graph-types';
import PostalMime, { type Address, type Attachment } from 'postal-mime';
import { acceptContent } from './attachmentContent';
import { GraphRefusal } from './graphError';
import { isBase64 } from './messageRules';
import type { Submission } from './submit';

/** The MIME form of sendMail: a base64 text of an RFC 5322 message. @cites mimeForm */
export async function readMime(body: Buffer): Promise<Submission> {
	const encoded = body.toString('latin1').replace(/\s+/g, '');
	if (encoded === '' || !isBase64(encoded)) {
		throw new GraphRefusal(
			400,
			'ErrorMimeContentInvalidBase64String',
			'Invalid base64 string for MIME content.',
		);
	}
	const source = Buffer.from(encoded, 'base64');
	const email = await PostalMime.parse(source, { attachmentEncoding: 'arraybuffer' });
	const [from] = recipients(email.from && [email.from]);
	return {
		via: 'mime',
		message: {
			subject: email.subject ?? '',
			body:
				email.html === undefined
					? { contentType: 'text', content: email.text ?? '' }
					: { contentType: 'html', content: email.html },
			toRecipients: recipients(email.to),
			ccRecipients: recipients(email.cc),
			bccRecipients: recipients(email.bcc),
			replyTo: recipients(email.replyTo),
			...(from === undefined ? {} : { from }),
		},
		attachments: email.attachments.map(accepted),
		saveToSentItems: true,
		size: source.length,
	};
}

/** The members of a group are recipients like all others. */
function recipients(addresses: readonly Address[] = []): Recipient[] {
	return addresses
		.flatMap((entry) => entry.group ?? [entry])
		.map(({ name, address = '' }) => ({ emailAddress: { ...(name ? { name } : {}), address } }));
}

function accepted({ filename, mimeType, disposition, contentId, content }: Attachment) {
	return acceptContent(Buffer.from(content as ArrayBuffer), {
		name: filename ?? '',
		contentType: mimeType,
		isInline: disposition === 'inline',
		contentId: contentId?.replace(/^<|>$/g, '') ?? null,
	});
}
