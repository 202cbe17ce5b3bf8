/** Tags that a message may use on the page. None of them loads, runs or styles anything. */
const SHOWN = new Set(
	'a b blockquote br code dd div dl dt em h1 h2 h3 h4 h5 h6 hr i li ol p pre s small span strong sub sup table tbody td th thead tr u ul'.split(
		' ',
	),
);
const VOID = new Set(['br', 'hr']);

/** Elements whose content nobody is meant to read. */
const UNSEEN =
	'head iframe math noembed noframes noscript object script style svg template title textarea xmp plaintext select'.split(
		' ',
	);

/** Deeper nesting is left out; its text stays. */
const DEEPEST = 50;

const LINK = /^(?:https?:\/\/|mailto:)[^\s"'<>\\]+$/i;

/** What a caller lets through beyond text; what it returns is not escaped again. */
export interface Looks {
	/** Attributes of a tag, each with a space before it. */
	attributes(source: string): string;
	image(source: string): string;
	link(href: string | undefined, source: string): string;
}

/**
 * Rebuilds HTML from the little of it that a page of text needs. Nothing is copied but text: every
 * tag of the result is written here, `href` is the only attribute, and what is not understood becomes
 * text. Tags are closed in the end, so a message cannot swallow the page around it.
 */
export function safeHtml(html: string, looks: Looks = PLAIN): string {
	const out: string[] = [];
	const open: string[] = [];
	let at = 0;
	while (at < html.length) {
		const tag = html.indexOf('<', at);
		out.push(escapeText(html.slice(at, tag === -1 ? undefined : tag)));
		if (tag === -1) break;
		at = takeConstruct(html, tag, out, open, looks);
	}
	while (open.length > 0) out.push(`</${open.pop()}>`);
	return out.join('');
}

/** @returns where the text after the construct begins */
function takeConstruct(
	html: string,
	tag: number,
	out: string[],
	open: string[],
	looks: Looks,
): number {
	if (html.startsWith('<!--', tag)) return after(html, '-->', tag + 4);
	if (/^<[!?]/.test(html.slice(tag, tag + 2))) return after(html, '>', tag);
	const match = /^<(\/?)([a-z][a-z0-9]*)(?=[\s/>])/i.exec(html.slice(tag, tag + 24));
	if (!match) {
		out.push('&lt;');
		return tag + 1;
	}
	const end = endOfTag(html, tag + match[0].length);
	if (end === -1) {
		// Nothing after it is a tag either; looking again and again would take quadratic time.
		out.push(escapeText(html.slice(tag)));
		return html.length;
	}
	const name = match[2]!.toLowerCase();
	if (match[1] === '/') closeTag(name, out, open);
	else if (UNSEEN.includes(name)) return afterElement(html, name, end);
	else if (name === 'img') out.push(looks.image(html.slice(tag, end)));
	else if (SHOWN.has(name)) openTag(name, html.slice(tag, end), out, open, looks);
	return end;
}

function openTag(name: string, source: string, out: string[], open: string[], looks: Looks): void {
	const attributes = looks.attributes(source);
	if (VOID.has(name)) {
		out.push(`<${name}${attributes}>`);
		return;
	}
	if (open.length >= DEEPEST) return;
	const link = name === 'a' ? looks.link(attribute(source, 'href')?.trim(), source) : '';
	out.push(`<${name}${link}${attributes}>`);
	open.push(name);
}

const PLAIN: Looks = {
	attributes: () => '',
	image: (source) => escapeText(attribute(source, 'alt') ?? ''),
	link: (href) =>
		href !== undefined && LINK.test(href)
			? ` href="${escapeHtml(href)}" rel="noopener noreferrer" target="_blank"`
			: '',
};

/** Closes what was opened inside as well, so that the result nests. */
function closeTag(name: string, out: string[], open: string[]): void {
	const depth = open.lastIndexOf(name);
	if (depth === -1) return;
	while (open.length > depth) out.push(`</${open.pop()}>`);
}

/** A `>` inside a quoted value does not end the tag. */
function endOfTag(html: string, from: number): number {
	let quote = '';
	for (let at = from; at < html.length; at += 1) {
		const character = html[at]!;
		if (quote !== '') {
			if (character === quote) quote = '';
		} else if (character === '>') return at + 1;
		else if ((character === '"' || character === "'") && /[=\s]/.test(html[at - 1]!)) {
			quote = character;
		}
	}
	return -1;
}

function afterElement(html: string, name: string, from: number): number {
	const close = new RegExp(`</${name}[\\s/>]`, 'ig');
	close.lastIndex = from;
	const found = close.exec(html);
	return found ? after(html, '>', found.index) : html.length;
}

function after(html: string, mark: string, from: number): number {
	const found = html.indexOf(mark, from);
	return found === -1 ? html.length : found + mark.length;
}

export function attribute(source: string, name: string): string | undefined {
	const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(
		source,
	);
	const value = match?.[1] ?? match?.[2] ?? match?.[3];
	return value === undefined ? undefined : decodeEntities(value);
}

const NAMED: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};

function decodeEntities(text: string): string {
	return text.replace(
		/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));?/gi,
		(whole, hex, decimal, name) => {
			if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? whole;
			const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
			return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
		},
	);
}

/** Text of HTML keeps its entities; of a bare `&` an entity is made. */
function escapeText(text: string): string {
	return text
		.replace(/&(?!(?:[a-z][a-z0-9]{1,31}|#\d{1,7}|#x[0-9a-f]{1,6});)/gi, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;');
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
