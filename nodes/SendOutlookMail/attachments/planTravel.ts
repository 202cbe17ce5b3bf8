import type { AttachedFile } from './attachedFiles';
import { ATTACHMENT_LIMITS as LIMITS, formatBytes } from './limits';
import { shorten, type Refusal, type Warning } from '../mail/issues';
import { warn } from './remarks';
import { attachmentBytes, jsonBytes, sendMailBytes, type MailJson } from './requestSize';
import type { OptionalPermission } from '../account/permissions';
import type { SenderRights } from '../account/senderRights';
import {
	bodyTooLarge,
	copyIsKept,
	filesTooLarge,
	fileTooLarge,
	requestTooLarge,
} from './sizeRefusals';

/** How one file gets to Graph: with the mail, in a request of its own, or in ranges. */
export type Travel = 'inRequest' | 'ownRequest' | 'uploadSession';

export type TravellingFile = AttachedFile & { travels: Travel };

/** How a mail with its files gets to Graph. */
export interface TravelPlan {
	/** In one request, or as a draft that is filled and then sent. */
	route: 'sendMail' | 'draft';
	/** Bytes of the one request that the mail would be. */
	requestBytes: number;
	files: TravellingFile[];
	/** What the plan needs beyond `Mail.Send`. */
	needs: OptionalPermission[];
	refusals: Refusal[];
	warnings: Warning[];
}

/**
 * Decides by the size of the real request. One that Graph takes goes as it is; a larger mail becomes
 * a draft, which needs the Mail.ReadWrite permission and a copy in Sent Items.
 */
export function planTravel(
	mail: MailJson,
	files: readonly AttachedFile[],
	rights: SenderRights,
): TravelPlan {
	const requestBytes = sendMailBytes(mail, files);
	if (requestBytes <= LIMITS.request) {
		return {
			route: 'sendMail',
			requestBytes,
			files: files.map((file) => ({ ...file, travels: 'inRequest' })),
			needs: [],
			refusals: [],
			warnings: [],
		};
	}
	return {
		route: 'draft',
		requestBytes,
		files: inOrderOfTravel(files),
		needs: ['Mail.ReadWrite'],
		refusals: draftRefusals(mail, files, requestBytes, rights),
		warnings: draftWarnings(files),
	};
}

/** Small files first: should one of them not go, no large one has travelled in vain. */
function inOrderOfTravel(files: readonly AttachedFile[]): TravellingFile[] {
	const travelling = files.map(
		(file): TravellingFile => ({
			...file,
			travels: takesUploadSession(file) ? 'uploadSession' : 'ownRequest',
		}),
	);
	return [
		...travelling.filter(({ travels }) => travels === 'ownRequest'),
		...travelling.filter(({ travels }) => travels === 'uploadSession'),
	];
}

/** Just below the session's least size, base64 and JSON can make a request of its own too large. */
function takesUploadSession(file: AttachedFile): boolean {
	return file.size >= LIMITS.uploadSession || attachmentBytes(file) > LIMITS.request;
}

function draftRefusals(
	mail: MailJson,
	files: readonly AttachedFile[],
	requestBytes: number,
	rights: SenderRights,
): Refusal[] {
	const ownBytes = jsonBytes(mail.message);
	if (ownBytes > LIMITS.request) return [bodyTooLarge(ownBytes)];
	const tooLarge = files.filter(({ size }) => size > LIMITS.file);
	if (tooLarge.length > 0) return tooLarge.map(fileTooLarge);
	if (totalSize(files) > LIMITS.mail) return [filesTooLarge(files, totalSize(files))];
	const refusals: Refusal[] = [];
	if (rights.granted && !rights.granted.has('Mail.ReadWrite')) {
		refusals.push(requestTooLarge(files, requestBytes, rights.howToGet('Mail.ReadWrite')));
	}
	if (!mail.saveToSentItems) refusals.push(copyIsKept(requestBytes));
	return refusals;
}

function draftWarnings(files: readonly AttachedFile[]): Warning[] {
	const total = totalSize(files);
	if (total <= LIMITS.usualMailbox) return [];
	const largest = files.reduce((most, file) => (file.size > most.size ? file : most));
	return [
		warn(
			`The files have ${formatBytes(total)} (the largest is ${shorten(largest.name)}); a mailbox sends ${formatBytes(LIMITS.usualMailbox)} unless an Exchange admin raised its limit.`,
		),
	];
}

function totalSize(files: readonly AttachedFile[]): number {
	return files.reduce((sum, { size }) => sum + size, 0);
}
