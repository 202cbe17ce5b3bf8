import { domainToUnicode } from 'node:url';

import type { ItemBody } from '@microsoft/microsoft-graph-types';
import type { AddressField } from './parameters';
import { type Warning, shorten, warning } from './issues';
import type { Mailbox } from './address/mailbox';
import { isBlank } from './parsed';

/** Marks that an expression leaves behind when it found nothing or was never evaluated. */
const LEFTOVERS: Array<{ mark: RegExp; shown: string; subjectOnly?: true }> = [
	{ mark: /\{\{/, shown: '{{' },
	{ mark: /\}\}/, shown: '}}' },
	{ mark: /\[object Object\]/, shown: '[object Object]' },
	{ mark: /\bundefined\b/, shown: 'undefined' },
	// In a body these may be intended.
	{ mark: /\bnull\b/, shown: 'null', subjectOnly: true },
	{ mark: /\bNaN\b/, shown: 'NaN', subjectOnly: true },
];

export function subjectWarnings(subject: string): Warning[] {
	return LEFTOVERS.filter(({ mark }) => mark.test(subject)).map(({ shown }) =>
		warning('subject', `The subject holds ${shown}; an expression may not have worked as meant.`),
	);
}

export function bodyWarnings({ contentType, content }: ItemBody): Warning[] {
	const text = content ?? '';
	const html = contentType === 'html' ? lookAtHtml(text) : undefined;
	const read = html?.markup ?? text;
	const leftovers = LEFTOVERS.filter(
		({ mark, subjectOnly }) => !subjectOnly && mark.test(read),
	).map(({ shown }) =>
		warning('body', `The body holds ${shown}; an expression may not have worked as meant.`),
	);
	return [...contentWarnings(text, html), ...leftovers];
}

/** Tags that people write into emails; not every `<`, since `<jane@x>` and `a <b` are text. */
const HTML_TAG =
	/<(?:!doctype|\/?(?:a|b|body|br|div|em|h[1-6]|head|hr|html|i|img|li|meta|ol|p|span|strong|style|table|tbody|td|th|tr|u|ul))(?:\s[^<>]*)?\/?>/i;

export function markdownWarnings(markdown: string, hasRefusedLink: boolean): Warning[] {
	return [
		...(HTML_TAG.test(markdown)
			? [
					warning(
						'body',
						'The body has HTML tags, which Markdown shows as text: choose HTML as Body Type, or write Markdown instead.',
					),
				]
			: []),
		...(hasRefusedLink
			? [
					warning(
						'body',
						'The body has a link or an image that stays text: a link leads to https://, http://, mailto: or tel:, and an image comes from Attachments, as ![](cid:logo).',
					),
				]
			: []),
	];
}

function contentWarnings(text: string, html: ReturnType<typeof lookAtHtml> | undefined) {
	if (isBlank(text)) return [warning('body', 'The body has no content.')];
	if (!html) return [];
	if (html.hasText) return lineBreakWarnings(text);
	return [
		html.hasImage
			? warning(
					'body',
					'The body has no plain text, only images; readers who do not load them see nothing.',
				)
			: warning('body', 'The body has no plain text: it is HTML with nothing to read in it.'),
	];
}

/** Sentences typed into the field as they are, while Body Type still says HTML. */
function lineBreakWarnings(text: string) {
	if (!/\S\s*\n\s*\S/.test(text) || /<[a-z!/]/i.test(text)) return [];
	return [
		warning(
			'body',
			'The body has line breaks and no HTML, so readers see one paragraph: choose Markdown or Text as Body Type, or write <br> for each line break.',
		),
	];
}

/** What readers or the designer may take for something else in a name or a domain. */
export function addressWarnings(parameter: AddressField, mailboxes: readonly Mailbox[]): Warning[] {
	return mailboxes.flatMap((mailbox) =>
		[leftoverInName(mailbox), addressAsName(mailbox), mixedScripts(mailbox)]
			.filter((text) => text !== undefined)
			.map((text) => warning(parameter, text)),
	);
}

/** A name put together by an expression that found none: `undefined <jane@example.com>`. */
function leftoverInName({ name, address }: Mailbox): string | undefined {
	if (name === undefined) return undefined;
	if (!/^(?:undefined|null)$|\bundefined\b|\[object Object\]/.test(name)) return undefined;
	return `The name of ${address} is ${shorten(name)}; an expression may not have worked as meant.`;
}

/** A longer name is cut by every reader. */
const LOOKED_AT = 500;

/** Many readers see the name only: `"ceo@example.com" <eve@evil.example>`. */
function addressAsName({ name, address }: Mailbox): string | undefined {
	const shown = /[^\s<>()",;:@＠]+[@＠][^\s<>()",;:@＠]+/u.exec(
		(name ?? '').slice(0, LOOKED_AT),
	)?.[0];
	if (shown === undefined || shown.toLowerCase() === address.toLowerCase()) return undefined;
	return `The name of ${address} is another address, ${shorten(shown)}, and many readers see the name only.`;
}

/** Letters of two scripts in one label look like another domain: `аpple.example` with a Cyrillic а. */
function mixedScripts({ address }: Mailbox): string | undefined {
	const domain = domainOf(address);
	if (!domain.includes('xn--')) return undefined;
	const shown = domainToUnicode(domain);
	const mixed = shown.split('.').map(scriptsOf).find(isMixed);
	if (mixed === undefined) return undefined;
	return `The domain ${domain} reads ${shown}, with letters of more than one script (${mixed.join(', ')}); check that it is the one you mean.`;
}

const SCRIPTS = [
	...['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Georgian', 'Hebrew', 'Arabic', 'Cherokee'],
	...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Tamil', 'Telugu', 'Kannada', 'Malayalam'],
	...['Sinhala', 'Thai', 'Lao', 'Myanmar', 'Khmer', 'Ethiopic', 'Mongolian', 'Tibetan'],
	...['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Hangul'],
].map((name) => ({ name, letter: new RegExp(`(?=\\p{L})\\p{Script=${name}}`, 'u') }));

function scriptsOf(label: string): string[] {
	return SCRIPTS.filter(({ letter }) => letter.test(label)).map(({ name }) => name);
}

/** Japanese, Chinese and Korean mix these with Latin letters (UTS #39, highly restrictive). */
const WRITTEN_TOGETHER = [
	['Latin', 'Han', 'Hiragana', 'Katakana'],
	['Latin', 'Han', 'Bopomofo'],
	['Latin', 'Han', 'Hangul'],
];

function isMixed(scripts: string[]): boolean {
	return (
		scripts.length > 1 &&
		!WRITTEN_TOGETHER.some((together) => scripts.every((script) => together.includes(script)))
	);
}

/** Replies that leave the sender's domain surprise people, and spam filters count them. */
export function replyToWarnings(from: Mailbox | undefined, replyTo: Mailbox[]): Warning[] {
	if (!from) return [];
	return replyTo
		.filter(({ address }) => domainOf(address) !== domainOf(from.address))
		.map(({ address }) =>
			warning(
				'replyTo',
				`Replies go to ${address}, outside the sender's domain ${domainOf(from.address)}.`,
			),
		);
}

function domainOf(address: string): string {
	return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Elements whose content is not for the reader's eyes. */
const UNSEEN = ['style', 'script', 'head', 'title', 'template'];

/** What a reader can see of an HTML body, in so far as warnings need to know. */
interface HtmlSight {
	/** Whether any text is left without tags, comments and blanks. */
	hasText: boolean;
	hasImage: boolean;
	/** The markup without comments and without styles and scripts, whose braces are their own. */
	markup: string;
}

/**
 * Reads HTML from left to right, once; a construct that is never closed ends with the text, so that
 * the time is linear in the length. Not a parser: only for warnings, never to change what is sent.
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
