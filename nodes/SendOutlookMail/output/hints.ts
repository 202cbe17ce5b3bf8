import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import { asHtml } from './asHtml';

/** Older hosts show no hints. */
type HintContext = Partial<Pick<IExecuteFunctions, 'addExecutionHints'>>;

/** Tells the designer something that stopped no mail. */
export function warn(context: HintContext, message: string): void {
	const hint: NodeExecutionHint = {
		message: asHtml(message),
		type: 'warning',
		location: 'outputPane',
	};
	context.addExecutionHints?.(hint);
}

/** Marks that n8n's store did not take although their mails were accepted or surely not taken. */
export function describeLostMarks(count: number): string {
	return `n8n could not write down how ${count === 1 ? 'one mail' : `some mails`} with a Send Once Key ended. If the workflow runs again, it reports their outcome as unknown instead of sending them twice. Ask your n8n administrator about the database.`;
}
