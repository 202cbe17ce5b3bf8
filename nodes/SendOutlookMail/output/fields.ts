import type { IDataObject } from 'n8n-workflow';
import type { MailIdentity } from '../graph/exchange';
import type { Refusal, Warning } from '../mail/issues';
import { isPlainObject } from '../mail/parsed';

/**
 * What each operation outputs. n8n's schemas (`__schema__`) are made from these types by
 * `npm run docs:build`, so that fields can be dragged before the node has run.
 */

/** Of `send` and `reply`, for an email that Graph accepted or that was sent before. */
export interface SentFields extends MailIdentity {
	status: 'accepted' | 'alreadySent';
	to: string[];
	cc?: string[];
	bcc?: string[];
	subject?: string;
	/** ISO 8601. */
	acceptedAt?: string;
	attempts: number;
	clientRequestId?: string;
	requestId?: string;
	/** Only where an attempt before the accepted one may have been taken too. */
	mayBeDuplicate?: boolean;
}

/** Of `preview`. */
export interface PreviewFields {
	canBeSent: boolean;
	refusals?: Array<Partial<Refusal>>;
	warnings?: Warning[];
	to?: string[];
	cc?: string[];
	bcc?: string[];
	subject?: string;
	/** The message as Graph takes it, without its files. */
	message?: PreviewedMessage;
	saveToSentItems?: boolean;
	/** Bytes of the one request that the email would be. */
	requestBytes?: number;
	route?: 'sendMail' | 'draft';
	attachments?: PreviewedFile[];
	/** What the credential has to allow. */
	permissions?: string[];
}

/** Of Graph's message, what is worth dragging. */
interface PreviewedMessage {
	subject?: string | null;
	body?: { contentType?: string | null; content?: string | null } | null;
}

export interface PreviewedFile {
	field: string;
	name: string;
	contentType: string;
	/** Bytes. */
	size: number;
	place: 'inline' | 'attached';
	contentId?: string;
	travels: 'inRequest' | 'ownRequest' | 'uploadSession';
}

/** Of `checkConnection`, one item for each check. */
export interface CheckFields {
	/** Stable, for conditions in a workflow. */
	check: string;
	status: 'ok' | 'warning' | 'failed' | 'skipped';
	/** What was found. */
	detail: string;
	/** What to do, and who can; empty where nothing is to be done. */
	remedy?: string;
}

/** n8n shows empty lists, `null` and empty texts in red: they are left out, at every depth. */
export function withoutEmpty(fields: object): IDataObject {
	return Object.fromEntries(
		Object.entries(fields)
			.map(([name, value]): [string, unknown] => [name, cleaned(value)])
			.filter(([, value]) => !isEmpty(value)),
	) as IDataObject;
}

function cleaned(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(cleaned);
	return isPlainObject(value) && !(value instanceof Date) ? withoutEmpty(value) : value;
}

function isEmpty(value: unknown): boolean {
	return (value ?? '') === '' || (Array.isArray(value) && value.length === 0);
}
