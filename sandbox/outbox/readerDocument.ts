import { escape } from '../pages/markup';
import type { AcceptedMail } from './outbox';

/** A mail reader shows pictures, and only those that came with the mail. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** The HTML body as one document: its `cid:` pictures in their places, its links to windows of their own. */
export function readerDocument({ message, attachments }: AcceptedMail): string {
	const pictures = new Map(
		attachments
			.filter(({ contentId, content }) => contentId !== null && content !== undefined)
			.map(({ contentId, contentType, content }) => [
				contentId,
				`data:${contentType};base64,${content?.toString('base64')}`,
			]),
	);
	const source = message.body?.content ?? '';
	const shown = source.replace(/\bcid:([^"'\s)>]+)/gi, (whole, id: string) => {
		const picture = pictures.get(id) ?? pictures.get(decode(id));
		return picture === undefined ? whole : escape(picture);
	});
	const linked = shown.replace(/<a (?![^>]*\btarget=)/gi, '<a target="_blank" ');
	return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><style>body{font:15px 'Segoe UI',sans-serif;margin:12px}</style>${linked}`;
}

function decode(id: string): string {
	try {
		return decodeURIComponent(id);
	} catch (cause) {
		if (!(cause instanceof URIError)) throw cause;
		return id;
	}
}
