import type { IExecuteFunctions } from 'n8n-workflow';
import type { Outcome } from '../output/outcome';

/**
 * The last run of a node, by n8n's own context of the node in an execution, which lives as long as the
 * execution.
 */
const lastRuns = new WeakMap<object, { index: unknown; outcomes: Map<number, Outcome> }>();

/**
 * *Retry On Fail* runs the whole node again, in the same execution and run, for all items: emails that
 * were accepted would be sent twice. So their outcomes are kept until the node's next run or the
 * execution's end.
 *
 * Not where an agent calls the node as a tool: n8n numbers those runs so that two calls can share a
 * number, and the second email would be taken for a repetition of the first.
 *
 * @returns the items that are not to be sent again; what is added is remembered
 */
export function rememberedOutcomes(context: IExecuteFunctions): Map<number, Outcome> {
	if (!isRetried(context) || isTool(context) || context.getInputData().length === 0) {
		return new Map();
	}
	const node = context.getContext('node');
	const index: unknown = context.getWorkflowDataProxy(0).$runIndex;
	const last = lastRuns.get(node);
	const run = last && last.index === index ? last : { index, outcomes: new Map<number, Outcome>() };
	lastRuns.set(node, run);
	return run.outcomes;
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
