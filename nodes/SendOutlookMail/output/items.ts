import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { explainExpression } from '../explain/refusals';
import type { Failure } from '../facts/failure';
import { batchError, MailError } from './errors';
import { withoutEmpty } from './fields';
import { NOT_TRIED, type Outcome } from './outcome';

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
