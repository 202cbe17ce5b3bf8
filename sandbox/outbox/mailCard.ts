import type { Recipient } from '@microsoft/microsoft-graph-types';
import { html, type Insert, type Markup } from '../pages/markup';
import { readerDocument } from './readerDocument';
import type { AcceptedAttachment, AcceptedMail } from './outbox';
import { deferredUntil, sensitivityOf } from './properties';

function people(recipients: readonly Recipient[] | null | undefined): string {
	return (recipients ?? [])
		.map(({ emailAddress }) => {
			const { name, address } = emailAddress ?? {};
			return name ? `${name} <${address}>` : (address ?? '');
		})
		.join('; ');
}

function row(title: string, value: string): Insert {
	return value === ''
		? null
		: html`<dt>${title}</dt>
				<dd>${value}</dd>`;
}

function sender({ mailbox, sentFrom }: AcceptedMail): string {
	if (sentFrom.right === 'sendOnBehalf') return `${mailbox} on behalf of ${sentFrom.address}`;
	return sentFrom.address;
}

function badges({ message, saveToSentItems }: AcceptedMail): Insert {
	const { importance, flag } = message;
	const labels = [
		flag?.flagStatus === 'flagged' && 'follow-up',
		message.isReadReceiptRequested && 'read receipt',
		message.isDeliveryReceiptRequested && 'delivery receipt',
		sensitivityOf(message),
		...(message.categories ?? []),
		!saveToSentItems && 'not in Sent Items',
	].filter((label) => typeof label === 'string');
	return html`<p>
		${importance && importance.toLowerCase() !== 'normal'
			? html`<span class="badge strong">${importance} importance</span>`
			: null}
		${labels.map((label) => html`<span class="badge">${label}</span>`)}
	</p>`;
}

function dueOn(value: { dateTime?: string; timeZone?: string | null } | null | undefined): string {
	return value ? `${value.dateTime} (${value.timeZone})` : '';
}

/** `2026-11-26 01:08:19 UTC` */
function moment(date: Date): string {
	return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function fileItem(file: AcceptedAttachment, mail: number, index: number): Markup {
	const size = `${file.size.toLocaleString('en')} bytes`;
	const name = file.content
		? html`<a href="/outbox/${mail}/files/${index}" download>${file.name}</a>`
		: html`${file.name} <span class="quiet">(too large to keep)</span>`;
	return html`<li>
		${name}
		<span class="quiet"
			>${file.contentType}, ${size}${file.isInline ? `, inline as cid:${file.contentId}` : ''}</span
		>
		<code>SHA-256 ${file.sha256}</code>
	</li>`;
}

function body(mail: AcceptedMail): Markup {
	const { content, contentType } = mail.message.body ?? {};
	if (contentType?.toLowerCase() !== 'html') return html`<pre>${content}</pre>`;
	// No allow-scripts: the email's scripts and forms do nothing, whatever it contains. A click on a link
	// opens a window of its own, without these limits. The page measures the content, for which it needs
	// the same origin.
	return html`<iframe
		sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
		title="The email as HTML"
		srcdoc="${readerDocument(mail)}"
	></iframe>`;
}

export function mailCard(mail: AcceptedMail, index: number): Markup {
	const { message } = mail;
	const headers = (message.internetMessageHeaders ?? []).map(
		({ name, value }) => `${name}: ${value}`,
	);
	return html`<article class="card mail" id="mail-${index}">
		<header>
			<h2>${message.subject || '(no subject)'}</h2>
			<time class="quiet" datetime="${mail.acceptedAt.toISOString()}"
				>${moment(mail.acceptedAt)}</time
			>
		</header>
		${badges(mail)}
		<dl>
			${row('From', sender(mail))} ${row('To', people(message.toRecipients))}
			${row('CC', people(message.ccRecipients))} ${row('BCC', people(message.bccRecipients))}
			${row('Reply to', people(message.replyTo))} ${row('Deferred until', deferredUntil(message))}
			${row('Follow-up starts', dueOn(message.flag?.startDateTime))}
			${row('Follow-up due', dueOn(message.flag?.dueDateTime))}
			${row('Headers', headers.join('\n'))}
			${row('Accepted as', `${mail.via}, request ${mail.requestId}`)}
		</dl>
		${body(mail)}
		<ul class="files">
			${mail.attachments.map((file, position) => fileItem(file, index, position))}
		</ul>
	</article>`;
}
