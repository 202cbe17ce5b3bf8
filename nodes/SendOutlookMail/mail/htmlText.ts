/** Elements whose content is not for the reader's eyes. */
const UNSEEN = ['style', 'script', 'head', 'title', 'template'];

/** What a reader can see of an HTML body, in so far as warnings need to know. */
export interface HtmlSight {
	/** Whether any text is left without tags, comments and blanks. */
	hasText: boolean;
	hasImage: boolean;
	/** The markup without comments and without styles and scripts, whose braces are their own. */
	markup: string;
}

/**
 * Looks over HTML from left to right, once; a construct that is never closed ends the look, so that
 * the time is linear in the length. Not a parser: good enough for a warning, never used to change
 * what is sent.
 */
export function lookAtHtml(html: string): HtmlSight {
	// ASCII only: toLowerCase makes two characters of some, and positions would no longer agree.
	const lower = html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
	const markup: string[] = [];
	let hasText = false;
	let hasImage = false;
	let at = 0;
	while (at < html.length) {
		const tag = html.indexOf('<', at);
		const text = html.slice(at, tag === -1 ? undefined : tag);
		hasText ||= /[^\s\u200B-\u200D\u2060\uFEFF]/.test(text.replace(BLANK_ENTITIES, ''));
		markup.push(text);
		if (tag === -1) break;
		const end = endOfConstruct(lower, tag);
		const kept = unseenElementAt(lower, tag) === undefined && !lower.startsWith('<!--', tag);
		if (kept) markup.push(html.slice(tag, end));
		hasImage ||= kept && /^<(?:img|svg|v:image)[\s/>]/.test(lower.slice(tag, tag + 10));
		at = end;
	}
	return { hasText, hasImage, markup: markup.join('') };
}

const BLANK_ENTITIES = /&(?:nbsp|zwnj|zwj|shy|#160|#xa0|#8203|#847|#173);/gi;

function endOfConstruct(lower: string, tag: number): number {
	if (lower.startsWith('<!--', tag)) return after(lower, '-->', tag + 4);
	const unseen = unseenElementAt(lower, tag);
	const close = unseen === undefined ? tag : lower.indexOf(`</${unseen}`, tag);
	return close === -1 ? lower.length : after(lower, '>', close);
}

function unseenElementAt(lower: string, tag: number): string | undefined {
	const name = /^<([a-z]+)[\s/>]/.exec(lower.slice(tag, tag + 12))?.[1];
	return name !== undefined && UNSEEN.includes(name) ? name : undefined;
}

function after(text: string, mark: string, from: number): number {
	const found = text.indexOf(mark, from);
	return found === -1 ? text.length : found + mark.length;
}
