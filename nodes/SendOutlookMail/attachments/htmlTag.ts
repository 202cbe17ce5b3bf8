/** A start tag with its attributes, their values as written. */
export interface Tag {
	name: string;
	attributes: Array<[name: string, value: string]>;
	/** Where the text behind the tag begins. */
	end: number;
}

/**
 * Reads the start tag at `start`, forgiving as browsers are; a quote that is never closed ends with
 * the text.
 */
export function readTag(html: string, start: number): Tag {
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
export function decodeEntities(text: string): string {
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
