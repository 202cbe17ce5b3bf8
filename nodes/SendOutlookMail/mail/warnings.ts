import { domainToUnicode } from 'node:url';

import type { ItemBody } from '@microsoft/microsoft-graph-types';
import { domainOf, type Mailbox } from './address/mailbox';

import { readHtml, type HtmlPiece } from './html';
import { type Warning, shorten, warning } from './issues';
import type { AddressField } from './parameters';
import { isBlank } from './parsed';

/** What an expression leaves behind when it found nothing or was never evaluated. */
const LEFTOVERS = [/\{\{/, /\}\}/, /\[object Object\]/, /\bundefined\b/];
/** In a body these may be intended. */
const LEFTOVERS_OF_SUBJECT = [...LEFTOVERS, /\bnull\b/, /\bNaN\b/];

function findAll(patterns: readonly RegExp[], text: string): string[] {
	return patterns.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
}

export function subjectWarnings(subject: string): Warning[] {
	return findAll(LEFTOVERS_OF_SUBJECT, subject).map((found) =>
		warning('subject', `The subject holds ${found}; an expression may not have worked as meant.`),
	);
}

export function bodyWarnings({ contentType, content }: ItemBody): Warning[] {
	const text = content ?? '';
	const pieces = contentType === 'html' ? piecesInSight(text) : undefined;
	const written = pieces?.map(({ source }) => source).join('') ?? text;
	return [
		...contentWarnings(text, pieces),
		...findAll(LEFTOVERS, written).map((found) =>
			warning('body', `The body holds ${found}; an expression may not have worked as meant.`),
		),
	];
}

/** Tags that people write into emails; not every `<`, since `<jane@x>` and `a <b` are text. */
const HTML_TAG =
	/<(?:!doctype|\/?(?:a|b|body|br|div|em|h[1-6]|head|hr|html|i|img|li|meta|ol|p|span|strong|style|table|tbody|td|th|tr|u|ul))(?:\s[^<>]*)?\/?>/i;

export function markdownWarnings(markdown: string, hasRefusedLink: boolean): Warning[] {
	const warnings: Warning[] = [];
	if (HTML_TAG.test(markdown)) {
		warnings.push(
			warning(
				'body',
				'The body has HTML tags, which Markdown shows as text: choose HTML as Body Type, or write Markdown instead.',
			),
		);
	}
	if (hasRefusedLink) {
		warnings.push(
			warning(
				'body',
				'The body has a link or an image that stays text: a link leads to https://, http://, mailto: or tel:, and an image comes from Attachments, as ![](cid:logo).',
			),
		);
	}
	return warnings;
}

function contentWarnings(text: string, pieces: readonly HtmlPiece[] | undefined): Warning[] {
	if (isBlank(text)) return [warning('body', 'The body has no content.')];
	if (!pieces) return [];
	if (pieces.some(isReadable)) return lineBreakWarnings(text);
	return [
		pieces.some(({ name }) => /^(?:img|svg|v:image)$/.test(name))
			? warning(
					'body',
					'The body has no plain text, only images; readers who do not load them see nothing.',
				)
			: warning('body', 'The body has no plain text: it is HTML with nothing to read in it.'),
	];
}

/** Elements whose content is not for the reader's eyes, and whose braces are their own. */
const UNSEEN = ['style', 'script', 'title', 'template'];

/** The markup of an HTML body without what its reader cannot see. Only for warnings. */
function piecesInSight(html: string): HtmlPiece[] {
	return [...readHtml(html, UNSEEN)].filter(({ kind }) => kind !== 'comment' && kind !== 'content');
}

const BLANK_ENTITIES = /&(?:nbsp|zwnj|zwj|shy|#160|#xa0|#8203|#847|#173);/gi;

function isReadable({ kind, source }: HtmlPiece): boolean {
	const text = kind === 'text' ? source.replace(BLANK_ENTITIES, '') : '';
	return /[^\s\u200B-\u200D\u2060\uFEFF]/.test(text);
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
	if (!/^null$|\bundefined\b|\[object Object\]/.test(name)) return undefined;
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
