import { readHtml, TEXT_ELEMENTS, type HtmlPiece } from '../mail/html';

/**
 * The content IDs that an HTML body shows as pictures (`cid:`, RFC 2392), each once, in order of
 * appearance and exactly as written: percent-encoded where the body is. Looks at attributes,
 * `srcset`, and `url()` in styles, also inside Outlook's conditional comments; text, other comments
 * and links show no picture.
 */
export function imageReferences(html: string): string[] {
	const ids = [...pictureUrls(html)].map(contentIdOf).filter((id) => id !== undefined);
	return [...new Set(ids)];
}

/** As browsers read a URL: blanks around it go, and tabs and line breaks anywhere. */
export function contentIdOf(url: string): string | undefined {
	return /^\s*cid:(.*)$/is.exec(url.replace(/[\t\r\n]/g, ''))?.[1]?.trim();
}

const CONDITIONAL = /^<!--\s*\[if[^]*?\]>/i;

function* pictureUrls(html: string): Generator<string> {
	for (const piece of readHtml(html, TEXT_ELEMENTS)) {
		const { kind, source, name } = piece;
		const condition = kind === 'comment' ? CONDITIONAL.exec(source)?.[0] : undefined;
		if (condition !== undefined) {
			// Inside a comment, a further one cannot begin.
			yield* pictureUrls(source.slice(condition.length).replaceAll('<!--', ' '));
		} else if (kind === 'content') {
			if (name === 'style') yield* urlsOfStyle(source);
		} else if (kind !== 'end') {
			yield* urlsOfTag(piece);
		}
	}
}

/** Attributes that show a picture; `href` does so in `<image>` only. */
const PICTURE_ATTRIBUTES = ['src', 'background', 'poster', 'xlink:href'];

function* urlsOfTag({ name, attributes }: HtmlPiece): Generator<string> {
	for (const [attribute, value] of attributes) {
		if (attribute === 'style') yield* urlsOfStyle(value);
		else if (attribute === 'srcset') yield* urlsOfSet(value);
		else if (PICTURE_ATTRIBUTES.includes(attribute)) yield value;
		else if (attribute === 'href' && name === 'image') yield value;
	}
}

/** `small.png 1x, large.png 2x` */
function urlsOfSet(set: string): string[] {
	return set.split(',').map((candidate) => candidate.trim().split(/\s/, 1)[0]!);
}

/** A URL of a style ends at its quote or bracket; 2,000 characters are more than any has. */
const STYLE_URL = /url\(\s*(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'()]{0,2000}))\s{0,20}\)/gi;

function* urlsOfStyle(style: string): Generator<string> {
	for (const [, double, single, bare] of style.matchAll(STYLE_URL)) {
		yield double ?? single ?? bare ?? '';
	}
}
