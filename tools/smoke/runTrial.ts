import type { Credential } from '../n8n/credentials';
import type { EditorSession } from '../n8n/editorSession';
import { execute, type Execution } from '../n8n/executions';
import { NODE_TYPE } from '../n8n/packagedNode';
import { chain, saveWorkflow, type WorkflowDefinition } from '../n8n/workflows';
import type { Scene, Trial } from './trials';

/** A run of a trial may carry large files over a slow line. */
const PATIENCE = 10 * 60_000;

/** What the node gave out, item by item. */
export type Output = Array<Record<string, unknown>>;

export function subjectOf({ name, operation }: Pick<Trial, 'name' | 'operation'>): string {
	return operation === 'reply' ? `RE: ${FIRST_SUBJECT}` : `Smoke: ${name}`;
}

/** Of the email that is answered. */
export const FIRST_SUBJECT = 'Smoke: Plain text';

export async function runTrial(
	session: EditorSession,
	credential: Credential,
	trial: Trial,
	scene: Scene,
): Promise<Output> {
	const mail = {
		to: scene.to,
		subject: subjectOf(trial),
		bodyType: 'text',
		body: `${subjectOf(trial)}\nSent by npm run smoke of n8n-nodes-robomq-outlook.`,
		options: {},
		...trial.parameters?.(scene),
	};
	const workflow = mailWorkflow(subjectOf(trial), credential, {
		items: itemsCode(trial),
		node: { operation: trial.operation ?? 'send', ...mail },
	});
	return await run(session, workflow);
}

/** The operation Check Connection: one output item for each check. */
export async function runCheckConnection(
	session: EditorSession,
	credential: Credential,
): Promise<Output> {
	const workflow = mailWorkflow('Smoke: Check Connection', credential, {
		items: 'return [{ json: {} }];',
		node: { operation: 'checkConnection' },
	});
	return await run(session, workflow);
}

async function run(session: EditorSession, workflow: WorkflowDefinition): Promise<Output> {
	const execution: Execution = await execute(
		session,
		await saveWorkflow(session, workflow),
		PATIENCE,
	);
	const items = execution.outputOf('Mail').map(({ json }) => json);
	if (items.length > 0) return items;
	return [{ error: execution.error?.message ?? `the run ended as ${execution.status}` }];
}

/** The items, with their files, are made in n8n: a file of 5 MB need not stand in the workflow. */
function itemsCode({ files = [], mails = 1 }: Trial): string {
	const binary = files.map(
		({ field, fileName, mimeType, base64 }) =>
			`${field}: { data: ${base64}, fileName: '${fileName}', mimeType: '${mimeType}' }`,
	);
	return `return Array.from({ length: ${mails} }, () => ({ json: {}, binary: { ${binary.join(', ')} } }));`;
}

function mailWorkflow(
	name: string,
	credential: Credential,
	{ items, node }: { items: string; node: Record<string, unknown> },
): WorkflowDefinition {
	const id = (number: number) => `5a0ce000-0000-4000-8000-${String(number).padStart(12, '0')}`;
	return chain(name, [
		{
			id: id(1),
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: id(2),
			name: 'Items',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			position: [220, 0],
			parameters: { jsCode: items },
		},
		{
			id: id(3),
			name: 'Mail',
			type: NODE_TYPE,
			typeVersion: 1,
			position: [440, 0],
			onError: 'continueRegularOutput',
			parameters: { application: 'customer', ...node },
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		},
	]);
}
