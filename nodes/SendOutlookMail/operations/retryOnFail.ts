import type { IExecuteFunctions } from 'n8n-workflow';
import { isUnknown, type Outcome } from '../output/outcome';

/** What became of the items of one run of the node, for n8n's *Retry On Fail*. */
export interface RememberedOutcomes {
	/** Undefined where the item is to be sent. */
	of(itemIndex: number): Outcome | undefined;
	/** @param mayRepeat whether an email of unknown outcome may be sent again */
	keep(outcomes: readonly Outcome[], mayRepeat: (itemIndex: number) => boolean): void;
}

interface Run {
	index: unknown;
	outcomes: Map<number, Outcome>;
}

/** By n8n's own context of the node in an execution, which lives as long as the execution. */
const lastRuns = new WeakMap<object, Run>();

const NOTHING: RememberedOutcomes = { of: () => undefined, keep: () => {} };

/**
 * *Retry On Fail* runs the whole node again, in the same execution and run, for all items: emails that
 * were accepted would be sent twice. So their outcomes are kept until the node's next run or the
 * execution's end.
 *
 * Not where an agent calls the node as a tool: n8n numbers those runs so that two calls can share a
 * number, and the second email would be taken for a repetition of the first.
 */
export function rememberOutcomes(context: IExecuteFunctions): RememberedOutcomes {
	if (!isRetried(context) || isTool(context) || context.getInputData().length === 0) return NOTHING;
	const node = context.getContext('node');
	const index: unknown = context.getWorkflowDataProxy(0).$runIndex;
	const last = lastRuns.get(node);
	const run: Run = last && last.index === index ? last : { index, outcomes: new Map() };
	lastRuns.set(node, run);
	return {
		of: (itemIndex) => run.outcomes.get(itemIndex),
		keep: (outcomes, mayRepeat) => {
			for (const [itemIndex, outcome] of outcomes.entries()) {
				if ('item' in outcome || (isUnknown(outcome) && !mayRepeat(itemIndex))) {
					run.outcomes.set(itemIndex, outcome);
				}
			}
		},
	};
}

export function isRetried(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().retryOnFail === true;
}

/** Whether an AI agent calls the node: in a context for tools, or as a run of the engine's own. */
export function isTool(
	context: Pick<IExecuteFunctions, 'getNode'> & { isToolExecution?(): boolean },
): boolean {
	const { rewireOutputLogTo, type } = context.getNode();
	return (
		context.isToolExecution?.() === true || rewireOutputLogTo === 'ai_tool' || /Tool$/.test(type)
	);
}
