import { ATTACHMENT_LIMITS, formatBytes } from '#node/attachments/route';
import { LIMITS as MESSAGE_LIMITS } from '#node/mail/parameters';
import { LIMITS as SANDBOX_LIMITS } from '#sandbox/graph/limits';
import type { Table } from './table';

/** What a designer meets. */
export function messageLimitTable(): Table {
	return {
		head: ['What', 'At most'],
		rows: [
			['recipients in To, CC and BCC together', `${MESSAGE_LIMITS.recipients}`],
			['characters of the subject', `${MESSAGE_LIMITS.subjectCharacters}`],
			['characters of a category', `${MESSAGE_LIMITS.categoryCharacters}`],
			['custom headers', `${MESSAGE_LIMITS.headers}`],
			[
				'an email with its files, with the permission Mail.Send alone',
				`${formatBytes(ATTACHMENT_LIMITS.request)} on the wire, which is about 3 MB of files`,
			],
			['a file, with Mail.ReadWrite', formatBytes(ATTACHMENT_LIMITS.file)],
			[
				'an email with its files, with Mail.ReadWrite',
				`what the mailbox allows: ${formatBytes(ATTACHMENT_LIMITS.usualMailbox)} unless an Exchange admin raised it, to ${formatBytes(ATTACHMENT_LIMITS.mail)} at most`,
			],
		],
	};
}

/** What the sandbox holds to. */
export function graphLimitTable(): Table {
	return {
		head: ['Limit', 'In the sandbox'],
		rows: [
			['a request', formatBytes(SANDBOX_LIMITS.requestBytes)],
			['the least size of an upload session', formatBytes(SANDBOX_LIMITS.uploadSessionFromBytes)],
			['the largest file', formatBytes(SANDBOX_LIMITS.uploadSessionToBytes)],
			['one range of an upload', `below ${formatBytes(SANDBOX_LIMITS.rangeBytes)}`],
			['custom headers', `${SANDBOX_LIMITS.customHeaders}`],
		],
	};
}
