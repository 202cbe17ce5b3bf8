import type MarkdownIt from 'markdown-it';

type Token = MarkdownIt.Token;
type TokenClass = MarkdownIt.StateCore['Token'];

interface RenderedMarkdown {
	/** A fragment of HTML with its styles inline. */
	html: string;
	/** Something was written as a link or an image whose address is not allowed; it stays text. */
	hasRefusedLink: boolean;
}

/**
 * Renders what a person types as HTML that mail clients show well.
 *
 * CommonMark with tables, strikethrough and task lists, and these decisions: HTML is text. A line break
 * is a line break. Bare addresses become links. Links lead to http, https, mailto and tel only; images
 * come from the email's own files (`cid:`), and any other image becomes a link, so that no value can
 * load something from elsewhere. Off, because they surprise people who write an email: code by
 * indentation, headings by underlining (a signature's `--`), and link definitions, whose lines vanish.
 */
export function renderMarkdown(markdown: string): RenderedMarkdown {
	renderer ??= createRenderer();
	renderer.refused = false;
	const html = renderer.markdown.render(markdown).trim();
	return {
		html: html === '' ? '' : `<div style="${FONT}">\n${html}\n</div>`,
		hasRefusedLink: renderer.refused,
	};
}

/**
 * Inline, since Outlook on Windows and Gmail drop style sheets. No color of text or background: mail
 * clients turn unstyled text light in dark mode; the gray of lines is visible on both.
 * https://www.caniemail.com
 */
const FONT = "font-family:'Segoe UI',Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5";
const LINE = '1px solid #8a8a8a';
const CELL = `${FONT};border:${LINE};padding:6px 10px;vertical-align:top`;
const CODE = "font-family:Consolas,'Courier New',monospace;font-size:14px";

const STYLES: Readonly<Record<string, string>> = {
	p: 'margin:0 0 12px',
	h1: 'margin:20px 0 10px;font-size:24px;line-height:1.3',
	h2: 'margin:18px 0 8px;font-size:20px;line-height:1.3',
	h3: 'margin:16px 0 8px;font-size:17px;line-height:1.3',
	h4: 'margin:14px 0 6px;font-size:15px;line-height:1.3',
	h5: 'margin:14px 0 6px;font-size:15px;line-height:1.3',
	h6: 'margin:14px 0 6px;font-size:15px;line-height:1.3',
	ul: 'margin:0 0 12px;padding-left:24px',
	ol: 'margin:0 0 12px;padding-left:24px',
	li: 'margin:0 0 4px',
	blockquote: 'margin:0 0 12px;padding:0 0 0 12px;border-left:3px solid #8a8a8a',
	hr: `margin:16px 0;border:none;border-top:${LINE}`,
	table: `margin:0 0 12px;border:${LINE};border-collapse:collapse`,
	// Word's engine and quirks mode inherit no font into tables.
	th: `${CELL};font-weight:bold`,
	td: CELL,
	code: CODE,
	img: 'max-width:100%;height:auto;border:0',
};

/** For clients that drop the styles of a table, such as old webmail. */
const TABLE_ATTRIBUTES = { border: '1', cellpadding: '6', cellspacing: '0' };

const PRE = `${CODE};margin:0 0 12px;padding:8px 10px;border:${LINE};white-space:pre-wrap`;

const ALLOWED_ADDRESS = /^(?:https?:\/\/|mailto:|tel:|cid:)./i;

let renderer: ReturnType<typeof createRenderer> | undefined;

/** Loads the library, which n8n's start and emails without Markdown do without. */
function createRenderer() {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded at first use
	const Library = require('markdown-it') as typeof MarkdownIt;
	const markdown = new Library({ html: false, breaks: true, linkify: true });
	const created = { markdown, refused: false };
	markdown.disable(['code', 'lheading', 'reference']);
	markdown.linkify.set({ fuzzyLink: false, fuzzyIP: false, fuzzyEmail: true });
	markdown.validateLink = (address) => {
		const allowed = ALLOWED_ADDRESS.test(address);
		if (!allowed) created.refused = true;
		return allowed;
	};
	markdown.core.ruler.push('email', (state) => {
		const { tokens, Token: NewToken } = state;
		state.tokens = withoutEmptyHeads(tokens);
		tokens.forEach((token, index) => {
			if (token.type === 'inline') {
				markTask(tokens, index);
				token.children = withoutForeignAddresses(token.children ?? [], NewToken);
				token.children.forEach(addStyle);
			} else {
				addStyle(token);
			}
		});
	});
	markdown.renderer.rules.fence = (tokens, index) =>
		`<pre style="${PRE}"><code>${markdown.utils.escapeHtml(tokens[index]!.content)}</code></pre>\n`;
	return created;
}

function addStyle(token: Token): void {
	const style = STYLES[token.tag];
	if (style === undefined || token.nesting === -1) return;
	const given = token.attrGet('style');
	token.attrSet('style', given === null ? style : `${style};${given}`);
	if (token.tag === 'table') {
		for (const attribute of Object.entries(TABLE_ATTRIBUTES)) token.attrPush(attribute);
	}
	const [, align] = /^text-align:(\w+)$/.exec(String(given)) ?? [];
	if (align !== undefined) token.attrSet('align', align);
}

/** `| | |` above a table of names and values: a head of empty cells would be an empty row. */
function withoutEmptyHeads(tokens: readonly Token[]): Token[] {
	const kept: Token[] = [];
	let head = 0;
	for (const token of tokens) {
		if (token.type === 'thead_open') head = kept.length;
		kept.push(token);
		const isEmpty = () => kept.slice(head).every(({ content }) => content.trim() === '');
		if (token.type === 'thead_close' && isEmpty()) kept.length = head;
	}
	return kept;
}

/** `- [x] Badge` is a box instead of a bullet. */
function markTask(tokens: readonly Token[], index: number): void {
	const item = tokens[index - 2];
	const text = tokens[index]!.children?.[0];
	if (tokens[index - 1]?.type !== 'paragraph_open' || item?.type !== 'list_item_open') return;
	const [mark, state] =
		/^\[([ xX])\](?=\s|$)/.exec(text?.type === 'text' ? text.content : '') ?? [];
	if (mark === undefined) return;
	text!.content = `${state === ' ' ? '☐' : '☑'}${text!.content.slice(mark.length)}`;
	item.attrSet('style', 'list-style-type:none');
}

/** An image from elsewhere becomes a link to it, a link to a file of the email becomes its text. */
function withoutForeignAddresses(children: readonly Token[], NewToken: TokenClass): Token[] {
	let link: 'kept' | 'dropped' | undefined;
	return children.flatMap((token) => {
		if (token.type === 'image' && !isContentId(token.attrGet('src'))) {
			return asLink(token, link === 'kept', NewToken);
		}
		// An empty address, as in [a](), is one that the library does not ask about.
		if (token.type === 'link_open') link = leadsAway(token.attrGet('href')) ? 'kept' : 'dropped';
		const isDropped = link === 'dropped' && token.type.startsWith('link_');
		if (token.type === 'link_close') link = undefined;
		return isDropped ? [] : [token];
	});
}

function asLink(image: Token, inLink: boolean, NewToken: TokenClass): Token[] {
	const address = String(image.attrGet('src'));
	const alt = (image.children ?? []).map(({ content }) => content).join('');
	const text = new NewToken('text', '', 0);
	text.content = alt === '' ? address : alt;
	if (inLink || !leadsAway(address)) return [text];
	const open = new NewToken('link_open', 'a', 1);
	open.attrSet('href', address);
	return [open, text, new NewToken('link_close', 'a', -1)];
}

function leadsAway(address: unknown): boolean {
	return !isContentId(address) && ALLOWED_ADDRESS.test(String(address));
}

function isContentId(address: unknown): boolean {
	return /^cid:/i.test(String(address));
}
