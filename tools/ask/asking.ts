import { randomUUID } from 'node:crypto';
import { startExecution, waitForExecution } from '../n8n/executions';
import type { LinkedOutlookAccount } from '../n8n/outlookAccounts';
import type { Stage } from '../n8n/stage';
import { saveWorkflow } from '../n8n/workflows';
import { linksIn, mailsOfExecution, questionRun, QUESTION_NODE, untilWaiting } from './questions';

/** A running n8n with a linked account, from which questions are asked. */
export interface Asking {
	stage: Stage;
	account: LinkedOutlookAccount;
}

/** Two people, who answer without a comment. */
export const TWO = {
	to: 'Ann <ann@contoso.example>, bob@contoso.example',
	requireComment: 'never',
};

/** Asks, waits until n8n waits, and gives the links of each person. */
export async function ask(
	{ stage, account }: Asking,
	parameters: Record<string, unknown>,
	people = 1,
) {
	const run = questionRun(`Question ${randomUUID()}`, account.credential, parameters);
	const workflow = await saveWorkflow(stage.session, run);
	const id = await startExecution(stage.session, workflow);
	const mails = await mailsOfExecution(stage.sandbox, id, people);
	await untilWaiting(stage.session, id);
	const links = mails.map(linksIn).sort((a, b) => personOf(a[0]!) - personOf(b[0]!));
	const code = /code: (\d{6})/.exec(mails[0]?.message.body?.content ?? '')?.[1];
	const outcome = async () =>
		(await waitForExecution(stage.session, id)).outputOf(QUESTION_NODE).at(-1)?.json ?? {};
	return { id, workflowId: workflow.id, links, code, outcome };
}

function personOf(link: string): number {
	return Number(new URL(link).searchParams.get('person'));
}
