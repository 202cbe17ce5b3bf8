import assert from 'node:assert/strict';
import { execute, type Execution } from '../../n8n/executions';
import { NODE_TYPE } from '../../n8n/packagedNode';
import { chain, saveWorkflow, type WorkflowDefinition } from '../../n8n/workflows';
import type { Credential } from '../../n8n/credentials';
import { linkAccount, privilegedAccount } from '../../n8n/outlookAccounts';
import type { Stage } from '../../n8n/stage';
import { node } from '../../n8n/mailNodes';
import { OPTION_TABLE } from './optionTable';

/** Sends a mail with each option alone, by the engine of the n8n that runs. */
export async function checkEveryOption(
	stage: Stage,
	keep: (execution: Execution) => void,
): Promise<string> {
	const { credential } = await linkAccount(stage, privilegedAccount(stage.sandbox));
	for (const name of Object.keys(OPTION_TABLE)) {
		await checkOption(stage, name, credential, keep).catch((cause: unknown) => {
			throw new Error(`The option ${name} does not do what it is for`, { cause });
		});
	}
	await stage.sandbox.faults.switchOff();
	return `${Object.keys(OPTION_TABLE).length} options`;
}

async function checkOption(
	{ sandbox, session }: Stage,
	name: string,
	credential: Credential,
	keep: (execution: Execution) => void,
): Promise<void> {
	const { value, message = {}, prepare, require, runs = 1 } = OPTION_TABLE[name]!;
	const workflow = await saveWorkflow(session, runWithOption(name, value, credential));
	const before = sandbox.outbox.length;
	prepare?.(sandbox);
	let output: Record<string, unknown> = {};
	for (let run = 0; run < runs; run += 1) {
		const execution = await execute(session, workflow);
		keep(execution);
		assert.equal(execution.status, 'success', execution.error?.message);
		output = execution.outputOf('Mail')[0]?.json ?? {};
	}
	const mails = sandbox.outbox.slice(before);
	assert.equal(mails.length, 1, `${mails.length} mails left`);
	assert.equal(mails[0]?.message.subject, `Only ${name}`);
	for (const [key, expected] of Object.entries(message)) {
		assert.deepEqual(mails[0]?.message[key as keyof AcceptedMessage], expected);
	}
	require?.({ mails, output });
}

type AcceptedMessage = Stage['sandbox']['outbox'][number]['message'];

function runWithOption(
	name: string,
	value: unknown,
	{ id, type, name: credentialName }: Credential,
): WorkflowDefinition {
	return chain(`Check: the option ${name}`, [
		node(1, 'Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node(2, 'Letter', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ text: 'Welcome!' }),
			options: {},
		}),
		node(3, 'File', 'n8n-nodes-base.convertToFile', 1.1, {
			operation: 'toText',
			sourceProperty: 'text',
			binaryPropertyName: 'letter',
			options: { fileName: 'letter.txt' },
		}),
		{
			...node(4, 'Mail', NODE_TYPE, 1, {
				application: 'customer',
				operation: 'send',
				to: 'jane@contoso.example',
				subject: `Only ${name}`,
				bodyType: 'text',
				body: 'Every option has its turn, and this one is alone.',
				options: { [name]: value },
			}),
			credentials: { [type]: { id, name: credentialName } },
		},
	]);
}
