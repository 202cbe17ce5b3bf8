import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { UNKNOWN_OUTCOME } from '../explain/exchange';
import type { Failure } from '../facts/failure';
import { MailError } from './nodeErrors';

/** What became of one input item. */
export type ItemOutcome =
	| { kind: 'accepted' | 'alreadySent'; item: INodeExecutionData }
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
	const asItem = wouldRunAgain(context, outcomes) ? finallyFailedItem : failedItem;
	return outcomes.map((outcome, index) => {
		if ('item' in outcome) return outcome.item;
		return asItem(context, outcome.kind === 'failed' ? outcome.failure : NOT_TRIED, index);
	});
}

/**
 * n8n's *Retry On Fail* looks at the first item only: if its data says `error`, all items run again,
 * those among them whose mail has left or may have left.
 */
function wouldRunAgain(context: ReportContext, outcomes: readonly ItemOutcome[]): boolean {
	return (
		context.getNode().retryOnFail === true &&
		outcomes.some(
			(outcome) =>
				outcome.kind === 'accepted' ||
				(outcome.kind === 'failed' && outcome.failure.code === UNKNOWN_OUTCOME),
		)
	);
}

/** A failed item in which *Retry On Fail* does not see a reason to run all items again. */
function finallyFailedItem(
	context: ReportContext,
	failure: Failure,
	index: number,
): INodeExecutionData {
	return {
		json: {},
		error: new MailError(context.getNode(), failure, index),
		pairedItem: { item: index },
	};
}

/**
 * n8n replaces the data of an item that carries an error object by the message alone. An item with
 * no other keys than these keeps its data, and n8n's error output knows it all the same.
 */
function failedItem(
	_context: ReportContext,
	{ code, message, remedy, details }: Failure,
	index: number,
): INodeExecutionData {
	return {
		json: { error: message, details: { code, remedy, ...details } },
		pairedItem: { item: index },
	};
}

function throwFirstFailure(context: ReportContext, outcomes: readonly ItemOutcome[]): void {
	const index = indexesOf(outcomes, 'failed')[0] ?? indexesOf(outcomes, 'notTried')[0];
	if (index === undefined) return;
	const outcome = outcomes[index]!;
	const failure = outcome.kind === 'failed' ? outcome.failure : NOT_TRIED;
	throw new MailError(context.getNode(), failure, index, describeBatch(outcomes, index));
}

/** What became of the batch whose item `shownAt` the error itself is about. */
function describeBatch(outcomes: readonly ItemOutcome[], shownAt: number): string | undefined {
	if (outcomes.length === 1) return undefined;
	const others = outcomes.map((outcome, index) => (index === shownAt ? undefined : outcome));
	const failed = (unknown: boolean) =>
		others.flatMap((outcome, index) =>
			outcome?.kind === 'failed' && (outcome.failure.code === UNKNOWN_OUTCOME) === unknown
				? [index]
				: [],
		);
	const count = (kind: ItemOutcome['kind']) => indexesOf(outcomes, kind).length;
	const groups: Array<[string, number[]]> = [
		['Also not sent', failed(false)],
		['Outcome unknown too', failed(true)],
		['Not tried', others.flatMap((o, index) => (o?.kind === 'notTried' ? [index] : []))],
	];
	return [
		`Stopped at item ${shownAt}: ${count('accepted')} of ${outcomes.length} mails were accepted.`,
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

function indexesOf(outcomes: readonly ItemOutcome[], kind: ItemOutcome['kind']): number[] {
	return outcomes.flatMap((outcome, index) => (outcome.kind === kind ? [index] : []));
}
