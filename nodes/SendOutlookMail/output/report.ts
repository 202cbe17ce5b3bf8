import {
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeOperationError,
	type INode,
} from 'n8n-workflow';
import { explainExpression, NOT_TRIED } from '../explain/refusals';
import type { Failure, FailureDetails } from '../facts/failure';
import { withoutEmpty } from './fields';
import { isUnknown, type Outcome } from './outcome';

/**
 * Turns outcomes into output items, in input order.
 *
 * @throws {MailError} for the first item that failed, unless the designer chose to continue
 */
export function report(
	context: Pick<IExecuteFunctions, 'getNode' | 'continueOnFail'>,
	outcomes: readonly Outcome[],
): INodeExecutionData[] {
	const error = context.continueOnFail() ? undefined : batchError(context.getNode(), outcomes);
	if (error) throw error;
	return outcomes.map((outcome, index) =>
		'item' in outcome ? outcome.item : failedItem(failureIn(outcome), index),
	);
}

function failureIn(outcome: Outcome): Failure {
	return outcome.kind === 'failed' ? outcome.failure : NOT_TRIED;
}

/**
 * n8n replaces the data of an item that carries an error object by the message alone. An item with no
 * other keys than these keeps its data, and n8n's error output recognizes it and adds the fields of
 * the input item.
 */
function failedItem({ code, message, remedy, details }: Failure, item: number): INodeExecutionData {
	return {
		json: withoutEmpty({ error: message, details: { code, remedy, ...details } }),
		pairedItem: { item },
	};
}

/**
 * What an operation threw, as failed items. n8n would pass the input on as if all had been sent when a
 * node that is to continue on an error throws.
 */
export function failedItems(
	context: Pick<IExecuteFunctions, 'getInputData'>,
	error: unknown,
): INodeExecutionData[] {
	const failure = explainExpression(error);
	return context.getInputData().map((_item, index) => failedItem(failure, index));
}

/**
 * An error as n8n shows it: the cause as title, below it the remedy, what became of the batch, what
 * others said, and the ids, each a paragraph of its own. `context.details` has the same as data, for
 * workflows.
 */
export class MailError extends NodeOperationError {
	readonly code: string;

	/**
	 * @param itemIndex the input item that is concerned; none when the whole run is
	 * @param note one more sentence for the person who reads it, e.g. how many emails were accepted
	 */
	constructor(node: INode, failure: Failure, itemIndex?: number, note?: string) {
		const { code, message, remedy, details = {} } = failure;
		super(node, message, {
			// n8n renders it as HTML, in which paragraphs of their own have no space between them.
			description: [remedy, note, ...othersSay(details), ids(code, details)]
				.flatMap((paragraph) => (paragraph ? [asHtml(paragraph)] : []))
				.join('<br/><br/>'),
			...(itemIndex === undefined ? {} : { itemIndex }),
		});
		this.code = code;
		this.context.details = { code, remedy, ...details };
	}
}

/** What Microsoft, the network or n8n's store said, in their words. */
function othersSay({ microsoftSays, networkSays, n8nSays, storeSays }: FailureDetails) {
	return [
		microsoftSays && `Microsoft says: ${microsoftSays}`,
		networkSays && `The network says: ${networkSays}`,
		n8nSays && `n8n says: ${n8nSays}`,
		storeSays && `The database says: ${storeSays}`,
	];
}

/** What an admin and Microsoft's support ask for, one to a line, so that it can be copied. */
function ids(code: string, details: FailureDetails): string {
	const { credential, aadsts, httpStatus, requestId, clientRequestId, traceId, time } = details;
	return [
		credential && `Credential: ${credential}`,
		`Code: ${aadsts ? `${code} ${aadsts}` : code}`,
		httpStatus && `Status: ${httpStatus}`,
		requestId && `Request ID: ${requestId}`,
		clientRequestId && `Client request ID: ${clientRequestId}`,
		traceId && `Trace ID: ${traceId}`,
		time && `Time: ${time}`,
	]
		.filter(Boolean)
		.join('\n');
}

/** Text as text in n8n's editor, which renders descriptions and hints as HTML and backticks as code. */
export function asHtml(text: string): string {
	return text
		.replace(/[&<>`]/g, (character) => `&#${character.charCodeAt(0)};`)
		.replace(/\n/g, '<br/>');
}

/** The error of the first item that failed, with what became of the others. */
function batchError(node: INode, outcomes: readonly Outcome[]): MailError | undefined {
	const failed = outcomes.findIndex(({ kind }) => kind === 'failed');
	const index = failed === -1 ? outcomes.findIndex(({ kind }) => kind === 'notTried') : failed;
	if (index === -1) return undefined;
	return new MailError(node, failureIn(outcomes[index]!), index, describeBatch(outcomes, index));
}

/** What became of the batch whose item `shownAt` the error itself is about. */
function describeBatch(outcomes: readonly Outcome[], shownAt: number): string | undefined {
	if (outcomes.length === 1) return undefined;
	const itemsWith = (kind: ReturnType<typeof kindOf>) =>
		[...outcomes.keys()].filter((index) => index !== shownAt && kindOf(outcomes[index]!) === kind);
	const alreadySent = itemsWith('alreadySent').length;
	return [
		`Stopped at item ${shownAt}: ${itemsWith('accepted').length} of ${outcomes.length} emails were accepted.`,
		alreadySent > 0 && `Sent by an earlier run: ${alreadySent}.`,
		listItems('Also not sent', itemsWith('failed')),
		listItems('Outcome unknown too', itemsWith('unknown')),
		listItems('Not tried', itemsWith('notTried')),
	]
		.filter(Boolean)
		.join(' ');
}

function kindOf(outcome: Outcome) {
	return isUnknown(outcome) ? 'unknown' : outcome.kind;
}

/** n8n counts items from 0 in its messages, and so does this. */
function listItems(title: string, indexes: readonly number[]): string {
	if (indexes.length === 0) return '';
	const shown = indexes.slice(0, 20).join(', ');
	const rest = indexes.length - 20;
	return `${title}: ${indexes.length === 1 ? 'item' : 'items'} ${shown}${rest > 0 ? ` and ${rest} more` : ''}.`;
}
