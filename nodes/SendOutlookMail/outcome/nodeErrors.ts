import { NodeOperationError, type INode } from 'n8n-workflow';
import type { Failure } from './failure';

/** An error as n8n shows it: the cause as title, the remedy below, the details as JSON. */
export class MailError extends NodeOperationError {
	readonly code: string;

	/**
	 * @param itemIndex the input item that is concerned; none when the whole run is
	 * @param note one more sentence for the person who reads it, e.g. how many mails were accepted
	 */
	constructor(node: INode, failure: Failure, itemIndex?: number, note?: string) {
		super(node, failure.message, {
			description: [
				escapeHtml(failure.remedy).replace(/\n/g, '<br/>'),
				note,
				describeDetails(failure),
			]
				.filter(Boolean)
				.join('<br/>'),
			...(itemIndex === undefined ? {} : { itemIndex }),
		});
		this.code = failure.code;
		this.context.details = { code: failure.code, ...failure.details };
	}
}

/** What Microsoft's support and an admin ask for, in one line. */
function describeDetails({ code, details = {} }: Failure): string {
	const parts = [
		details.credential && `Credential: ${escapeHtml(details.credential)}`,
		`Code: ${[code, details.aadsts].filter(Boolean).join(' ')}`,
		details.httpStatus && `status: ${details.httpStatus}`,
		details.requestId && `request ID: ${details.requestId}`,
		details.clientRequestId && `client request ID: ${details.clientRequestId}`,
		details.traceId && `trace ID: ${details.traceId}`,
		details.time && `time: ${details.time}`,
		details.microsoftSays && `Microsoft says: ${escapeHtml(details.microsoftSays)}`,
		details.networkSays && `the network says: ${escapeHtml(details.networkSays)}`,
	];
	return parts.filter(Boolean).join(', ');
}

/** n8n renders a description as HTML; Microsoft's words may quote what a stranger typed. */
function escapeHtml(text: string): string {
	return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
