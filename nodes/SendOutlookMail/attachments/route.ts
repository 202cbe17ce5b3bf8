import type { OptionalPermission } from '../account/application';
import type { SenderRights } from '../account/permissions';
import { toFileAttachment } from '../graph/files';
import { deferralOf } from '../mail/dates';
import { listNames, refusal, shorten, warning, type Refusal, type Warning } from '../mail/issues';
import type { Mail, MailFile } from '../mail/mail';
import type { AttachedFile } from './readAttachments';

const MEGABYTE = 1024 * 1024;

/** How large an email with files may be, in bytes. *D*: Microsoft's documents; *R*: reported by users. */
export const ATTACHMENT_LIMITS = {
	/** A request to Graph, files in base64 and all. learn.microsoft.com/graph/api/user-sendmail. D */
	request: 4 * MEGABYTE,
	/** From here on a file takes an upload session. learn.microsoft.com/graph/outlook-large-attachments. D */
	uploadSession: 3 * MEGABYTE,
	/** learn.microsoft.com/graph/outlook-large-attachments. D */
	file: 150 * MEGABYTE,
	/** What an admin can raise a mailbox to; Exchange Online limits, "Message size limits". D */
	mail: 150 * MEGABYTE,
	/** What a mailbox sends unless an admin raised it; same source. D */
	usualMailbox: 35 * MEGABYTE,
} as const;

/** A size for people: `812 bytes`, `3.4 KB`, `12.0 MB`; 1 MB is 1,048,576 bytes. */
export function formatBytes(bytes: number): string {
	if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
	return bytes < MEGABYTE
		? `${(bytes / 1024).toFixed(1)} KB`
		: `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

/** A size above a limit, so that the two never read the same. */
function formatBytesOver(bytes: number, limit: number): string {
	const text = formatBytes(bytes);
	return text === formatBytes(limit) ? `a little more than ${text}` : text;
}

/** How an email with its files gets to Graph. */
export interface RoutePlan {
	/** With its files, and the message as this route needs it. */
	mail: Mail & Required<Pick<Mail, 'files' | 'route'>>;
	/** Bytes of the one request that the email would be. */
	requestBytes: number;
	/** What the plan needs beyond `Mail.Send`. */
	needs: OptionalPermission[];
	refusals: Refusal[];
	warnings: Warning[];
}

/**
 * Decides by the size of the real request. One that Graph takes is sent as it is; a larger email
 * becomes a draft, which needs the Mail.ReadWrite permission and a copy in Sent Items. A deferred
 * email is a draft wherever it can be one, and so is a reply whose recipients are to be checked.
 *
 * @param mayBePersonal whether the account may be a personal Outlook.com account
 */
export function planRoute(
	mail: Mail,
	files: readonly AttachedFile[],
	rights: SenderRights,
	mayBePersonal = false,
): RoutePlan {
	const requestBytes = sendMailBytes(mail, files);
	const deferred = deferralOf(mail.message);
	const isTooLarge = requestBytes > ATTACHMENT_LIMITS.request;
	const isBetterAsDraft = (deferred && mail.saveToSentItems) || mail.answer?.guard;
	if (isTooLarge || (isBetterAsDraft && rights.granted?.has('Mail.ReadWrite'))) {
		const message = deferred ? withDeliveryTime(mail, deferred) : mail.message;
		return {
			mail: { ...mail, message, route: 'draft', files: inOrderOfSending(files) },
			requestBytes,
			needs: isTooLarge ? ['Mail.ReadWrite'] : [],
			refusals: isTooLarge ? draftRefusals(mail, files, requestBytes, rights) : [],
			warnings: isTooLarge ? draftWarnings(files) : [],
		};
	}
	return {
		mail: {
			...mail,
			route: 'sendMail',
			files: files.map((file) => ({ ...file, travels: 'inRequest' })),
		},
		requestBytes,
		needs: [],
		refusals: [],
		warnings: deferred && mayBePersonal ? [DEFERRED_WITHOUT_DRAFT] : [],
	};
}

/**
 * `PidTagDeferredSendTime` alone is documented for creating and updating messages. Through sendMail it
 * was reported to work, and on a personal account to deliver twice; a draft with
 * `PidTagDeferredDeliveryTime` too was the cure (openonion/connectonion 1198).
 */
const DEFERRED_DELIVERY_TIME = 'SystemTime 0x000F';

const DEFERRED_WITHOUT_DRAFT = warning(
	'deferUntil',
	'If the linked account is a personal Outlook.com account, a deferred email may be delivered twice. With the Mail.ReadWrite permission the node sends it through a draft instead. Work and school accounts are not affected.',
);

function withDeliveryTime({ message }: Mail, value: string): Mail['message'] {
	const { singleValueExtendedProperties: properties } = message;
	return {
		...message,
		singleValueExtendedProperties: [...(properties ?? []), { id: DEFERRED_DELIVERY_TIME, value }],
	};
}

/** Small files first: if one of them fails, no large one has been uploaded for nothing. */
function inOrderOfSending(files: readonly AttachedFile[]): MailFile[] {
	const small = files.filter((file) => !takesUploadSession(file));
	const large = files.filter(takesUploadSession);
	return [
		...small.map((file): MailFile => ({ ...file, travels: 'ownRequest' })),
		...large.map((file): MailFile => ({ ...file, travels: 'uploadSession' })),
	];
}

/** Just below the session's least size, base64 and JSON can make a request of its own too large. */
function takesUploadSession(file: AttachedFile): boolean {
	return (
		file.size >= ATTACHMENT_LIMITS.uploadSession ||
		attachmentBytes(file) > ATTACHMENT_LIMITS.request
	);
}

const SMALLER_OR_LINK = 'Make the files smaller, or put a link to them in the body instead.';

function draftRefusals(
	mail: Mail,
	files: readonly AttachedFile[],
	requestBytes: number,
	rights: SenderRights,
): Refusal[] {
	const { request, file, mail: largestMail } = ATTACHMENT_LIMITS;
	const ownBytes = jsonBytes({ ...mail.message, comment: mail.answer?.comment });
	if (ownBytes > request) {
		return [
			refusal('body', {
				cause: `The email has ${formatBytesOver(ownBytes, request)} without its files; Microsoft Graph takes at most ${formatBytes(request)}.`,
				remedy:
					'Shorten the body. Add images inside it (data: addresses) to Attachments, and refer to them in the body with cid:.',
			}),
		];
	}
	const tooLarge = files.filter(({ size }) => size > file);
	if (tooLarge.length > 0) {
		return tooLarge.map(({ name, field, size }) =>
			refusal('attachments', {
				cause: `The file ${shorten(name)} has ${formatBytesOver(size, file)}; Microsoft Graph takes files up to ${formatBytes(file)}.`,
				remedy: SMALLER_OR_LINK,
				value: field,
			}),
		);
	}
	const total = totalSize(files);
	if (total > largestMail) {
		return [
			refusal('attachments', {
				cause: `The files have ${formatBytesOver(total, largestMail)} together; no mailbox sends more than ${formatBytes(largestMail)} in one email. The files: ${listSizes(files)}.`,
				remedy: `${SMALLER_OR_LINK} Or split them over several emails.`,
			}),
		];
	}
	const refusals: Refusal[] = [];
	if (rights.granted && !rights.granted.has('Mail.ReadWrite')) {
		refusals.push(
			refusal('attachments', {
				cause: `The email has ${formatBytesOver(requestBytes, request)} as a request, in which files grow by a third; without the Mail.ReadWrite permission Microsoft Graph takes at most ${formatBytes(request)}. The files: ${listSizes(files)}.`,
				remedy: `There are three ways: make the files smaller; put a link to them in the body instead; or get the Mail.ReadWrite permission, with which files up to ${formatBytes(file)} can be sent. ${rights.howToGet('Mail.ReadWrite')}`,
			}),
		);
	}
	if (!mail.saveToSentItems) {
		// Graph's send of a draft has no such choice: https://learn.microsoft.com/graph/api/message-send
		refusals.push(
			refusal('saveToSentItems', {
				cause: `An email of ${formatBytesOver(requestBytes, request)} is sent through a draft, and Outlook always saves a copy of such an email to Sent Items.`,
				remedy: `Turn on Save to Sent Items, or make the files smaller, so that the request has at most ${formatBytes(request)}.`,
			}),
		);
	}
	return refusals;
}

function draftWarnings(files: readonly AttachedFile[]): Warning[] {
	const total = totalSize(files);
	if (total <= ATTACHMENT_LIMITS.usualMailbox) return [];
	const largest = files.reduce((most, file) => (file.size > most.size ? file : most));
	return [
		warning(
			'attachments',
			`The files have ${formatBytes(total)} (the largest is ${shorten(largest.name)}); a mailbox sends ${formatBytes(ATTACHMENT_LIMITS.usualMailbox)} unless an Exchange admin raised its limit.`,
		),
	];
}

function totalSize(files: readonly AttachedFile[]): number {
	return files.reduce((sum, { size }) => sum + size, 0);
}

/** Bytes of the `sendMail` request with all files in it, exactly as it would leave. */
function sendMailBytes(
	{ message, saveToSentItems, answer }: Mail,
	files: readonly AttachedFile[],
): number {
	const attachments = files.map((file) => toFileAttachment(file, ''));
	const withFiles = files.length === 0 ? message : { ...message, attachments };
	const rest = answer ? { comment: answer.comment } : { saveToSentItems };
	return jsonBytes({ message: withFiles, ...rest }) + contentBytes(files);
}

/** Bytes of the request that gives a draft one file. */
function attachmentBytes(file: AttachedFile): number {
	return jsonBytes(toFileAttachment(file, '')) + contentBytes([file]);
}

function jsonBytes(value: object): number {
	return Buffer.byteLength(JSON.stringify(value));
}

/** Base64 makes four bytes of three (RFC 4648). */
function contentBytes(files: readonly AttachedFile[]): number {
	return files.reduce((sum, { size }) => sum + Math.ceil(size / 3) * 4, 0);
}

function listSizes(files: readonly AttachedFile[]): string {
	return listNames(
		files.map(({ name, size }) => `${shorten(name)} ${formatBytes(size)}`),
		20,
	);
}
