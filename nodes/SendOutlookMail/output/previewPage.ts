import { safeHtml, type Looks } from '../ask/safeHtml';
import { contentIdOf } from '../attachments/imageReferences';
import { formatBytes } from '../attachments/route';
import { escapeHtml, textAsHtml, type Attributes } from '../mail/html';
import type { Refusal, Warning } from '../mail/issues';
import type { Mail, MailFile } from '../mail/mail';

/** What the page of a preview shows. */
interface PreviewPage {
	/** Undefined when the email can't be composed: then only the reasons are shown. */
	mail: Mail | undefined;
	refusals: ReadonlyArray<Partial<Refusal>>;
	warnings: readonly Warning[];
	/** Images that the body shows, as base64 by content ID; others are named. */
	images: ReadonlyMap<string, string>;
}

/**
 * The email as its reader sees it, as one HTML file: reasons and warnings on top, then header, body and
 * files. Every tag is written here, and nothing in it runs, loads or leads anywhere: the body is
 * rebuilt from tags, attributes and style declarations that are known to be harmless, and the policy
 * of the file allows `data:` images only.
 *
 * n8n's viewer drops `data:` images and shows their text instead, so that text names file and size.
 */
export function previewPage({ mail, refusals, warnings, images }: PreviewPage): string {
	return [
		'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
		'<meta name="viewport" content="width=device-width, initial-scale=1"></head>',
		`<body><main style="${FONT};max-width:760px;margin:0 auto;padding:16px;color:#1f2937;background-color:#ffffff">`,
		...refusals.map((refusal) => box('#b3261e', "Can't be sent", describe(refusal))),
		...warnings.map(({ field, text }) => box('#8a5a00', 'Warning', `${field}: ${text}`)),
		...(mail ? [header(mail), body(mail, images), files(mail.files ?? [])] : []),
		'</main></body></html>\n',
	].join('\n');
}

const FONT = "font-family:'Segoe UI',Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5";

function box(color: string, title: string, text: string): string {
	return `<p style="margin:0 0 8px;padding:8px 12px;border-left:4px solid ${color}"><strong style="color:${color}">${title}</strong><br>${textAsHtml(text)}</p>`;
}

function describe({ field, position, value, cause, remedy }: Partial<Refusal>): string {
	const place = [field, position && `entry ${position}`, value && `(${value})`].filter(Boolean);
	return `${place.length > 0 ? `${place.join(' ')}: ` : ''}${[cause, remedy].filter(Boolean).join(' ')}`;
}

function header({ message }: Mail): string {
	const { from, toRecipients, ccRecipients, bccRecipients, replyTo, subject } = message;
	const rows: Array<[name: string, value: string]> = [
		['From', from ? shown([from]) : 'the linked mailbox'],
		['To', shown(toRecipients)],
		['CC', shown(ccRecipients)],
		['BCC', shown(bccRecipients)],
		['Reply to', shown(replyTo)],
		['Subject', subject ?? ''],
	];
	const cells = rows
		.filter(([, value]) => value !== '')
		.map(
			([name, value]) =>
				`<tr><td style="padding:2px 16px 2px 0;color:#6b7280;vertical-align:top;white-space:nowrap">${name}</td><td style="padding:2px 0;overflow-wrap:anywhere">${escapeHtml(value)}</td></tr>`,
		);
	return `<table style="${FONT};border-collapse:collapse;margin:8px 0 12px">${cells.join('')}</table>`;
}

function shown(recipients: Mail['message']['toRecipients']): string {
	return (recipients ?? [])
		.map(({ emailAddress }) => {
			const { name, address } = emailAddress ?? {};
			return name ? `${name} <${address}>` : address;
		})
		.join(', ');
}

function body({ message, files: all = [] }: Mail, images: PreviewPage['images']): string {
	const { contentType, content } = message.body ?? {};
	const html =
		contentType === 'html'
			? safeHtml(content ?? '', looksOf(all, images))
			: `<div style="white-space:pre-wrap">${escapeHtml(content ?? '')}</div>`;
	// No tag of a body can end a section.
	return `<section style="border-top:1px solid #d1d5db;border-bottom:1px solid #d1d5db;padding:16px 0;overflow:auto">${html}</section>`;
}

function files(all: readonly MailFile[]): string {
	if (all.length === 0) return '';
	const entries = all.map((file) => {
		const place = file.isInline ? ', shown in the body' : '';
		return `<li>${escapeHtml(nameAndSize(file))}${place}</li>`;
	});
	return `<p style="margin:12px 0 4px;color:#6b7280">Attachments</p><ul style="margin:0">${entries.join('')}</ul>`;
}

function nameAndSize({ name, size }: MailFile): string {
	return `${name} (${formatBytes(size)})`;
}

function looksOf(all: readonly MailFile[], images: PreviewPage['images']): Looks {
	return {
		attributes: safeAttributes,
		// Shown, but not followed: an address in the page could be opened by accident.
		link(given) {
			const href = given.get('href')?.trim();
			if (href === undefined) return '';
			const style = given.has('style') ? '' : ' style="color:#0f6cbd;text-decoration:underline"';
			return ` title="${escapeHtml(href)}"${style}`;
		},
		image(given) {
			const id = contentIdOf(given.get('src') ?? '');
			const file = id === undefined ? undefined : all.find(({ contentId }) => contentId === id);
			const alt = given.get('alt') ?? '';
			if (!file)
				return `<span style="color:#6b7280">[${escapeHtml(alt || 'image from elsewhere')}]</span>`;
			const text = escapeHtml(alt === '' ? nameAndSize(file) : `${alt}: ${nameAndSize(file)}`);
			const data = images.get(id!);
			if (data === undefined) return `<span style="color:#6b7280">[${text}]</span>`;
			return `<img src="data:${imageType(file)};base64,${data}" alt="[${text}]"${safeAttributes(given)}>`;
		},
	};
}

/** The image types that are shown; none of them can hold anything but an image. */
const IMAGE_TYPE = /^image\/(?:png|jpeg|jpg|gif|webp|bmp)$/i;

export function isShownImage({ contentType, isInline, contentId }: MailFile): boolean {
	return isInline && contentId !== undefined && IMAGE_TYPE.test(contentType);
}

function imageType({ contentType }: MailFile): string {
	return IMAGE_TYPE.test(contentType) ? contentType.toLowerCase() : 'image/png';
}

const ATTRIBUTES =
	'align valign width height bgcolor border cellpadding cellspacing colspan rowspan start dir'.split(
		' ',
	);

function safeAttributes(given: Attributes): string {
	const kept = ATTRIBUTES.flatMap((name) => {
		const value = given.get(name) ?? '';
		return /^[\w#%.-]{1,30}$/.test(value) ? [` ${name}="${value}"`] : [];
	});
	const style = safeStyle(given.get('style') ?? '');
	return kept.join('') + (style === '' ? '' : ` style="${escapeHtml(style)}"`);
}

const PROPERTY =
	/^(?:color|background(?:-color)?|font(?:-family|-size|-style|-weight)?|text-(?:align|decoration|transform|indent)|line-height|letter-spacing|white-space|vertical-align|list-style(?:-type)?|border[a-z-]*|margin[a-z-]*|padding[a-z-]*|(?:max-|min-)?(?:width|height)|display|overflow|direction|word-break)$/i;

/** No colon, slash, backslash or bracket, so neither an address nor an escape; colors in rgb() pass. */
const VALUE = /^(?:[\w\s#%.,'"!-]|rgba?\([\d\s.,%]{1,40}\)){1,200}$/;

function safeStyle(style: string): string {
	return style
		.split(';')
		.map((declaration) => declaration.split(/:(.*)/s).map((part) => part.trim()))
		.filter(([name = '', value = '']) => PROPERTY.test(name) && VALUE.test(value))
		.map(([name, value]) => `${name}:${value}`)
		.join(';');
}
