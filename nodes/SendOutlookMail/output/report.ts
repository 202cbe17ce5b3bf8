import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeOperationError,
	type INode,
} from 'n8n-workflow';
import { explainExpression, NOT_TRIED } from '../explain/refusals';
import { UNKNOWN_OUTCOME } from '../explain/unknownOutcome';
import type { Failure } from '../facts/failure';
import { withoutEmpty } from './fields';
import type { Outcome } from './outcome';

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
	return outcomes.map((outcome, index) => {
		if ('item' in outcome) return outcome.item;
		return failedItem(outcome.kind === 'failed' ? outcome.failure : NOT_TRIED, index);
	});
}

/**
 * n8n replaces the data of an item that carries an error object by the message alone. An item with no
 * other keys than these keeps its data, and n8n's error output recognizes it and adds the fields of
 * the input item.
 */
function failedItem(
	{ code, message, remedy, details }: Failure,
	index: number,
): INodeExecutionData {
	return {
		json: withoutEmpty({ error: message, details: { code, remedy, ...details } }),
		pairedItem: { item: index },
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
	const json =
		error instanceof MailError ? jsonOf(error) : failedItem(explainExpression(error), 0).json;
	return context.getInputData().map((_item, item) => ({ json: { ...json }, pairedItem: { item } }));
}

function jsonOf({ message, context: { details } }: MailError): IDataObject {
	return { error: message, details: details as IDataObject };
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
		const { code, message, remedy, details } = failure;
		super(node, message, {
			description: inParagraphs(remedy, note, ...othersSay(failure), ids(failure)),
			...(itemIndex === undefined ? {} : { itemIndex }),
		});
		this.code = code;
		this.context.details = { code, remedy, ...details };
	}
}

/** What Microsoft, the network or n8n's store said, in their words. */
function othersSay({ details = {} }: Failure) {
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

/** Text as text in n8n's editor, which renders descriptions and hints as HTML and backticks as code. */
export function asHtml(text: string): string {
	return text
		.replace(/[&<>`]/g, (character) => `&#${character.charCodeAt(0)};`)
		.replace(/\n/g, '<br/>');
}

/** The error of the first item that failed, with what became of the others. */
function batchError(node: INode, outcomes: readonly Outcome[]): MailError | undefined {
	const index = indexesOf(outcomes, 'failed')[0] ?? indexesOf(outcomes, 'notTried')[0];
	if (index === undefined) return undefined;
	const outcome = outcomes[index]!;
	const failure = outcome.kind === 'failed' ? outcome.failure : NOT_TRIED;
	return new MailError(node, failure, index, describeBatch(outcomes, index));
}

/** What became of the batch whose item `shownAt` the error itself is about. */
function describeBatch(outcomes: readonly Outcome[], shownAt: number): string | undefined {
	if (outcomes.length === 1) return undefined;
	const others = outcomes.map((outcome, index) => (index === shownAt ? undefined : outcome));
	const failed = (unknown: boolean) =>
		others.flatMap((outcome, index) =>
			outcome?.kind === 'failed' && (outcome.failure.code === UNKNOWN_OUTCOME) === unknown
				? [index]
				: [],
		);
	const count = (kind: Outcome['kind']) => indexesOf(outcomes, kind).length;
	const groups: Array<[string, number[]]> = [
		['Also not sent', failed(false)],
		['Outcome unknown too', failed(true)],
		['Not tried', others.flatMap((o, index) => (o?.kind === 'notTried' ? [index] : []))],
	];
	return [
		`Stopped at item ${shownAt}: ${count('accepted')} of ${outcomes.length} emails were accepted.`,
		count('alreadySent') > 0 && `Sent by an earlier run: ${count('alreadySent')}.`,
		...groups.map(([title, indexes]) => indexes.length > 0 && `${title}: ${listItems(indexes)}.`),
	]
		.filter(Boolean)
		.join(' ');
}

/** n8n counts items from 0 in its messages, and so does this. */
function listItems(indexes: readonly number[]): string {
	const shown = indexes.slice(0, 20).join(', ');
	const rest = indexes.length - 20;
	return `${indexes.length === 1 ? 'item' : 'items'} ${shown}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function indexesOf(outcomes: readonly Outcome[], kind: Outcome['kind']): number[] {
	return outcomes.flatMap((outcome, index) => (outcome.kind === kind ? [index] : []));
}
