import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { noAnswerOutcome, type Asked, type Question } from '../ask/question';

/** What an execution keeps while it waits. n8n stores it with the execution, and removes it so. */
export interface WaitingQuestion {
	question: Question;
	asked: Asked[];
}

const KEY = 'waitingQuestion';

/** The latest question of the node in this execution; an earlier one is no longer known. */
export function keepQuestion(context: IExecuteFunctions, waiting: WaitingQuestion): void {
	// A copy in JSON: what is read back has been through n8n's database.
	context.getContext('node')[KEY] = JSON.stringify(waiting);
}

/** @returns undefined when this node of this execution has not asked */
export function readWaitingQuestion(context: IWebhookFunctions): WaitingQuestion | undefined {
	// An expression ends at the first two closing braces, also inside a text.
	const name = JSON.stringify(context.getNode().name).replace(/[{}]/g, (brace) =>
		brace === '{' ? '\\u007b' : '\\u007d',
	);
	const kept: unknown = context.evaluateExpression(
		`{{ $node[${name}].context[${JSON.stringify(KEY)}] }}`,
	);
	return typeof kept === 'string' ? (JSON.parse(kept) as WaitingQuestion) : undefined;
}

/**
 * At the deadline n8n passes on the items that the node was given, without running it again. So they
 * are replaced, only in what waits: the items of the node before stay as they are.
 */
export function outputAtDeadline(context: IExecuteFunctions, asked: Asked[]): void {
	const { data } = context.getExecuteData();
	for (const [type, inputs] of Object.entries(data)) {
		const [items] = inputs;
		if (!items) continue;
		const [first] = items;
		const item: INodeExecutionData = {
			...first,
			json: noAnswerOutcome(asked) as INodeExecutionData['json'],
		};
		data[type] = [[item], ...inputs.slice(1)];
	}
}
