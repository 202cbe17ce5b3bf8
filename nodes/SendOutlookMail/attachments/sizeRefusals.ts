import { ATTACHMENT_LIMITS as LIMITS, formatBytes, formatBytesOver } from './limits';
import { refuse } from './remarks';
import { shorten, type Refusal } from '../mail/issues';

interface SizedName {
	name: string;
	field: string;
	size: number;
}

const SMALLER_OR_LINK = 'Make the files smaller, or put a link to them in the body instead.';

/** The three ways out: smaller files, a link, the permission. */
export function requestTooLarge(
	files: readonly SizedName[],
	requestBytes: number,
	howToGetPermission: string,
): Refusal {
	return refuse(
		`The mail has ${formatBytesOver(requestBytes, LIMITS.request)} as a request, in which files grow by a third; without the Mail.ReadWrite permission Microsoft Graph takes at most ${formatBytes(LIMITS.request)}. The files: ${listSizes(files)}.`,
		`There are three ways: make the files smaller; put a link to them in the body instead; or get the Mail.ReadWrite permission, with which files up to ${formatBytes(LIMITS.file)} travel. ${howToGetPermission}`,
	);
}

export function fileTooLarge({ name, field, size }: SizedName): Refusal {
	return refuse(
		`The file ${shorten(name)} has ${formatBytesOver(size, LIMITS.file)}; Microsoft Graph takes files up to ${formatBytes(LIMITS.file)}.`,
		SMALLER_OR_LINK,
		{ value: field },
	);
}

export function filesTooLarge(files: readonly SizedName[], total: number): Refusal {
	return refuse(
		`The files have ${formatBytesOver(total, LIMITS.mail)} together; no mailbox sends more than ${formatBytes(LIMITS.mail)} in one mail. The files: ${listSizes(files)}.`,
		`${SMALLER_OR_LINK} Or split them over several mails.`,
	);
}

export function bodyTooLarge(bytes: number): Refusal {
	return {
		field: 'Body',
		parameter: 'body',
		cause: `The mail has ${formatBytesOver(bytes, LIMITS.request)} without its files; Microsoft Graph takes at most ${formatBytes(LIMITS.request)}.`,
		remedy:
			'Shorten the body. Images inside it (data: addresses) belong into Attachments, where the body refers to them with cid:.',
	};
}

/** Graph's send of a draft has no such choice: https://learn.microsoft.com/graph/api/message-send */
export function copyIsKept(requestBytes: number): Refusal {
	return {
		field: 'Save to Sent Items',
		parameter: 'saveToSentItems',
		cause: `A mail of ${formatBytesOver(requestBytes, LIMITS.request)} travels through Drafts, and of such a mail Outlook always keeps a copy in Sent Items.`,
		remedy: `Turn on Save to Sent Items, or make the files smaller, so that the request has at most ${formatBytes(LIMITS.request)}.`,
	};
}

const LISTED_FILES = 20;

function listSizes(files: readonly SizedName[]): string {
	const shown = files
		.slice(0, LISTED_FILES)
		.map(({ name, size }) => `${shorten(name)} ${formatBytes(size)}`)
		.join(', ');
	const rest = files.length - LISTED_FILES;
	return rest > 0 ? `${shown} and ${rest} more` : shown;
}
