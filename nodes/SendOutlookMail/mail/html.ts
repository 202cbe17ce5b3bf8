/** Of a tag, by name in lower case and with character references decoded; empty without a value. */
export type Attributes = ReadonlyMap<string, string>;

/** A part of HTML. The sources of all pieces, one after the other, are the whole text. */
export interface HtmlPiece {
	/**
	 * - `comment`: a declaration and a processing instruction too.
	 * - `start`, `end`: a tag. `unfinished`: one whose `>` is missing, at the end of the text.
	 * - `content`: what is inside an element that is not to be read.
	 */
	kind: 'text' | 'comment' | 'start' | 'end' | 'unfinished' | 'content';
	/** As it is written. */
	source: string;
	/** Of the tag or the element, in lower case; empty for text and comments. */
	name: string;
	attributes: Attributes;
}

/**
 * Reads HTML from left to right, once, forgiving as browsers are: the time is linear in the length,
 * whatever the text is. It builds no tree, so tags need not match.
 *
 * @param unread elements whose content is one piece up to their end tag
 */
export function* readHtml(html: string, unread: readonly string[] = []): Generator<HtmlPiece> {
	let at = 0;
	while (at < html.length) {
		const begin = matchFrom(at, MARKUP, html)?.index ?? html.length;
		if (begin > at) yield { ...NO_TAG, kind: 'text', source: html.slice(at, begin) };
		if (begin === html.length) return;
		const piece = readMarkup(html, begin);
		yield piece;
		at = begin + piece.source.length;
		if (piece.kind !== 'start' || !unread.includes(piece.name)) continue;
		const endTag = new RegExp(`</${piece.name}[\\s/>]`, 'gi');
		const end = matchFrom(at, endTag, html)?.index ?? html.length;
		yield { ...NO_TAG, kind: 'content', name: piece.name, source: html.slice(at, end) };
		at = end;
	}
}

/** Elements whose content is text, in which no other tag and no comment begins. */
export const TEXT_ELEMENTS = 'iframe noembed noframes script style textarea title xmp'.split(' ');

const NO_TAG = { name: '', attributes: new Map<string, string>() };

/*
 * What browsers take for a tag, an attribute and a comment: https://html.spec.whatwg.org/#tokenization.
 * Only HTML's own blanks separate; a no-break space is part of a name.
 */

/** A `<` before anything else is text. */
const MARKUP = /<(?:[a-z!?]|\/[^])/gi;
/** `<!-->` and `<!--->` are complete, `--!>` ends a comment too, and `</` before no letter begins one. */
const COMMENT = /<!--(?:-?>|[^]*?(?:--!?>|$))|<(?:[!?]|\/(?![a-z]))[^>]*>?/iy;
const TAG_NAME = /<(\/?)([^\t\n\f\r />]+)/y;
/** The `>`, or an attribute with its value; a quote that is never closed ends with the text. */
const TAG_PART =
	/[\t\n\f\r /]*(?:>|([^\t\n\f\r />][^\t\n\f\r />=]*)(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"?|'([^']*)'?|([^\t\n\f\r >]*)))?)/y;

function readMarkup(html: string, begin: number): HtmlPiece {
	const comment = matchFrom(begin, COMMENT, html);
	if (comment) return { ...NO_TAG, kind: 'comment', source: comment[0] };
	const [opening, slash, name = ''] = matchFrom(begin, TAG_NAME, html)!;
	const attributes = new Map<string, string>();
	const tag = { name: name.toLowerCase(), attributes };
	let end = begin + opening.length;
	for (;;) {
		const part = matchFrom(end, TAG_PART, html);
		if (!part) return { ...tag, kind: 'unfinished', source: html.slice(begin) };
		end += part[0].length;
		const key = part[1]?.toLowerCase();
		const value = part[2] ?? part[3] ?? part[4] ?? '';
		if (key === undefined) {
			return { ...tag, kind: slash === '' ? 'start' : 'end', source: html.slice(begin, end) };
		}
		// Of two with one name, the first counts.
		if (!attributes.has(key)) attributes.set(key, decodeReferences(value));
	}
}

function matchFrom(at: number, pattern: RegExp, text: string): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(text);
}

const NAMED: Readonly<Record<string, string>> = {
	amp: '&',
	apos: "'",
	gt: '>',
	lt: '<',
	quot: '"',
};

/** The character references that matter in attributes; names of other characters stay as they are. */
function decodeReferences(text: string): string {
	return text.replace(
		/&(?:#x([0-9a-f]+)|#(\d+)|(amp|apos|gt|lt|quot)(?![a-z0-9=]));?/gi,
		(_, hex?: string, decimal?: string, name?: string) => {
			if (name !== undefined) return NAMED[name.toLowerCase()]!;
			const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
			return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
		},
	);
}

/** Plain text as HTML, for contents and quoted attributes. */
export function escapeHtml(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;')
		.replace(/'/g, '&#39;');
}

/** Plain text as HTML that keeps its lines. */
export function textAsHtml(text: string): string {
	return escapeHtml(text).replace(/\r\n?|\n/g, '<br>');
}
