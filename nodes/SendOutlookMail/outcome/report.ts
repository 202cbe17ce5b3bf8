import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Failure } from './failure';
import { MailError } from './nodeErrors';

/** What became of one input item. */
export type ItemOutcome =
	| { kind: 'accepted'; item: INodeExecutionData }
	| { kind: 'failed'; failure: Failure }
	| { kind: 'notTried' };

type ReportContext = Pick<IExecuteFunctions, 'getNode' | 'continueOnFail'>;

const NOT_TRIED: Failure = {
	code: 'notTried',
	message: 'The mail was not sent because the run ended before its turn',
	remedy: 'Run the workflow again for this item.',
};

/**
 * Turns outcomes into output items, in input order.
 *
 * @throws {MailError} for the first item that failed, unless the designer chose to continue
 */
export function report(
	context: ReportContext,
	outcomes: readonly ItemOutcome[],
): INodeExecutionData[] {
	if (!context.continueOnFail()) throwFirstFailure(context, outcomes);
	return outcomes.map((outcome, index) => {
		if (outcome.kind === 'accepted') return outcome.item;
		return failedItem(context, outcome.kind === 'failed' ? outcome.failure : NOT_TRIED, index);
	});
}

function failedItem(context: ReportContext, failure: Failure, index: number): INodeExecutionData {
	const { code, message, remedy, details } = failure;
	return {
		json: { error: message, code, remedy, ...(details ? { details: { ...details } } : {}) },
		error: new MailError(context.getNode(), failure, index),
		pairedItem: { item: index },
	};
}

function throwFirstFailure(context: ReportContext, outcomes: readonly ItemOutcome[]): void {
	const failedAt = indexesOf(outcomes, 'failed');
	const notTried = indexesOf(outcomes, 'notTried');
	const index = failedAt[0] ?? notTried[0];
	if (index === undefined) return;
	const outcome = outcomes[index]!;
	const failure = outcome.kind === 'failed' ? outcome.failure : NOT_TRIED;
	const note = describeTheOthers(outcomes, failedAt.slice(1), notTried);
	throw new MailError(context.getNode(), failure, index, note);
}

function describeTheOthers(
	outcomes: readonly ItemOutcome[],
	failedToo: readonly number[],
	notTried: readonly number[],
): string | undefined {
	if (outcomes.length === 1) return undefined;
	const accepted = indexesOf(outcomes, 'accepted').length;
	return [
		`${accepted} of ${outcomes.length} mails were accepted.`,
		failedToo.length > 0 && `Also not sent: ${listItems(failedToo)}.`,
		notTried.length > 0 && `Not tried: ${listItems(notTried)}.`,
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

function indexesOf(outcomes: readonly ItemOutcome[], kind: ItemOutcome['kind']): number[] {
	return outcomes.flatMap((outcome, index) => (outcome.kind === kind ? [index] : []));
}
