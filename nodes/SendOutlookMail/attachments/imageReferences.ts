/** Attributes that show a picture; `href` does so in `<image>` only. */
const PICTURE_ATTRIBUTES: ReadonlySet<string> = new Set([
	'src',
	'background',
	'poster',
	'xlink:href',
]);

/**
 * The content IDs that an HTML body shows as pictures (`cid:`, RFC 2392), each once, in order of
 * appearance and exactly as written: percent-encoded where the body is. Looks at attributes,
 * `srcset`, and `url()` in styles, also inside Outlook's conditional comments; text, other comments
 * and links show no picture. Reads from left to right, once.
 */
export function imageReferences(html: string): string[] {
	const found = new Set<string>();
	for (const url of pictureUrls(html)) {
		const id = contentIdOf(url);
		if (id !== undefined) found.add(id);
	}
	return [...found];
}

/** As browsers read a URL: blanks around it go, and tabs and line breaks anywhere. */
function contentIdOf(url: string): string | undefined {
	return /^\s*cid:(.*)$/is.exec(url.replace(/[\t\r\n]/g, ''))?.[1]?.trim();
}

/** @param nested inside a comment, where a further comment cannot begin */
function* pictureUrls(html: string, nested = false): Generator<string> {
	const lower = html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
	let at = html.indexOf('<');
	while (at !== -1) {
		let end: number;
		if (lower.startsWith('<!--', at)) {
			end = nested ? at + 4 : after(lower, '-->', at + 4);
			if (!nested && /^<!--\s*\[if/.test(lower.slice(at, at + 20))) {
				yield* pictureUrls(html.slice(after(lower, ']>', at), end), true);
			}
		} else if (/^<[a-z]/.test(lower.slice(at, at + 2))) {
			const tag = readTag(html, at);
			yield* urlsOfTag(tag);
			end = tag.end;
			if (tag.name === 'style' || tag.name === 'script') {
				const close = lower.indexOf(`</${tag.name}`, end);
				const content = html.slice(end, close === -1 ? undefined : close);
				if (tag.name === 'style') yield* urlsOfStyle(content);
				end = close === -1 ? html.length : close + 2;
			}
		} else {
			end = at + 1;
		}
		at = html.indexOf('<', end);
	}
}

function* urlsOfTag({ name, attributes }: Tag): Generator<string> {
	for (const [attribute, raw] of attributes) {
		const value = decodeEntities(raw);
		if (attribute === 'style') yield* urlsOfStyle(value);
		else if (attribute === 'srcset') yield* urlsOfSet(value);
		else if (PICTURE_ATTRIBUTES.has(attribute)) yield value;
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

function after(text: string, mark: string, from: number): number {
	const found = text.indexOf(mark, from);
	return found === -1 ? text.length : found + mark.length;
}

/** A start tag with its attributes, their values as written. */
interface Tag {
	name: string;
	attributes: Array<[name: string, value: string]>;
	/** Where the text behind the tag begins. */
	end: number;
}

/**
 * Reads the start tag at `start`, forgiving as browsers are; a quote that is never closed ends with
 * the text.
 */
function readTag(html: string, start: number): Tag {
	const name = /[^\s/>]*/y;
	name.lastIndex = start + 1;
	const tag: Tag = { name: name.exec(html)![0].toLowerCase(), attributes: [], end: 0 };
	let at = name.lastIndex;
	for (;;) {
		at = skip(html, at, /[\s/]*/y);
		if (at >= html.length || html[at] === '>') break;
		const nameEnd = skip(html, at + 1, /[^\s/>=]*/y);
		const attribute = html.slice(at, nameEnd).toLowerCase();
		at = skip(html, nameEnd, /\s*/y);
		if (html[at] !== '=') continue;
		at = skip(html, at + 1, /\s*/y);
		const quote = html[at] === '"' || html[at] === "'" ? html[at]! : undefined;
		const valueEnd = quote === undefined ? skip(html, at, /[^\s>]*/y) : endOf(html, quote, at + 1);
		tag.attributes.push([attribute, html.slice(quote === undefined ? at : at + 1, valueEnd)]);
		at = quote === undefined ? valueEnd : valueEnd + 1;
	}
	return { ...tag, end: Math.min(at + 1, html.length) };
}

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	apos: "'",
	gt: '>',
	lt: '<',
	quot: '"',
};

/** The character references that URLs hold; names of other characters stay as they are. */
function decodeEntities(text: string): string {
	return text.replace(
		/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|apos|gt|lt|quot));/gi,
		(entity, hex?: string, decimal?: string, name?: string) => {
			if (name !== undefined) return NAMED_ENTITIES[name.toLowerCase()]!;
			const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
			return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : entity;
		},
	);
}

function skip(text: string, from: number, what: RegExp): number {
	what.lastIndex = from;
	what.exec(text);
	return Math.max(from, what.lastIndex);
}

function endOf(text: string, mark: string, from: number): number {
	const found = text.indexOf(mark, from);
	return found === -1 ? text.length : found;
}
