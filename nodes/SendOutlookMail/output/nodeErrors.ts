import { NodeOperationError, type INode } from 'n8n-workflow';
import { asHtml } from './asHtml';
import type { Failure } from '../facts/failure';

/**
 * An error as n8n shows it: the cause as title, below it the remedy, what became of the batch, what
 * others said, and the ids, each a paragraph of its own. The same stands as data in
 * `context.details`, for workflows that read it.
 */
export class MailError extends NodeOperationError {
	readonly code: string;

	/**
	 * @param itemIndex the input item that is concerned; none when the whole run is
	 * @param note one more sentence for the person who reads it, e.g. how many mails were accepted
	 */
	constructor(node: INode, failure: Failure, itemIndex?: number, note?: string) {
		const { code, message, remedy, details } = failure;
		super(node, message, {
			description: inParagraphs(remedy, note, ...quotes(failure), ids(failure)),
			...(itemIndex === undefined ? {} : { itemIndex }),
		});
		this.code = code;
		this.context.details = { code, remedy, ...details };
	}
}

/** What Microsoft, the network or n8n's store said, in their words. */
function quotes({ details = {} }: Failure) {
	const { microsoftSays, networkSays, n8nSays, storeSays } = details;
	return [
		microsoftSays && `Microsoft says: ${microsoftSays}`,
		networkSays && `The network says: ${networkSays}`,
		n8nSays && `n8n says: ${n8nSays}`,
		storeSays && `The database says: ${storeSays}`,
	];
}

/** What an admin and Microsoft's support ask for, one to a line, so that it can be copied. */
function ids({ code, details = {} }: Failure): string {
	const { credential, aadsts, httpStatus, requestId, clientRequestId, traceId, time } = details;
	return [
		credential && `Credential: ${credential}`,
		`Code: ${[code, aadsts].filter(Boolean).join(' ')}`,
		httpStatus && `Status: ${httpStatus}`,
		requestId && `Request ID: ${requestId}`,
		clientRequestId && `Client request ID: ${clientRequestId}`,
		traceId && `Trace ID: ${traceId}`,
		time && `Time: ${time}`,
	]
		.filter(Boolean)
		.join('\n');
}

/** n8n renders a description as HTML, in which paragraphs of their own have no space between them. */
function inParagraphs(...paragraphs: ReadonlyArray<string | undefined>): string {
	return paragraphs
		.filter((paragraph) => paragraph !== undefined && paragraph !== '')
		.map((paragraph) => asHtml(paragraph!))
		.join('<br/><br/>');
}
