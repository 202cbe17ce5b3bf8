import assert from 'node:assert/strict';
import { execute, type Execution } from '../../n8n/executions';
import { node } from '../../n8n/mailNodes';
import type { LinkedOutlookAccount } from '../../n8n/outlookAccounts';
import { NODE_TYPE } from '../../n8n/packagedNode';
import type { Stage } from '../../n8n/stage';
import {
	chain,
	publishWorkflow,
	saveWorkflow,
	type WorkflowDefinition,
	type WorkflowNode,
} from '../../n8n/workflows';

const PEOPLE = ['one', 'two', 'three'].map((name) => `retry-${name}@contoso.example`);

/**
 * n8n's *Retry On Fail* runs the node again for all items. The second email is answered 504 after it was
 * taken; then each of three emails leaves once. In a loop, and in a sub-workflow that is called for each
 * person, every round and every call sends its own email.
 */
export async function checkRetryOnFail(
	{ sandbox, session }: Stage,
	{ credential }: LinkedOutlookAccount,
	keep: (execution: Execution) => void,
): Promise<string> {
	const mail: WorkflowNode = {
		...node(9, 'Mail', NODE_TYPE, 1, {
			application: 'customer',
			operation: 'send',
			to: '={{ $json.to }}',
			subject: 'Retry',
			bodyType: 'text',
			body: 'Once.',
			options: { simultaneous: 1 },
		}),
		credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		retryOnFail: true,
		waitBetweenTries: 100,
	};
	const people = node(2, 'People', 'n8n-nodes-base.code', 2, {
		jsCode: `return ${JSON.stringify(PEOPLE)}.map((to) => ({ json: { to } }));`,
	});
	const start = node(1, 'Start', 'n8n-nodes-base.manualTrigger', 1, {});

	const timesSent = async (workflow: WorkflowDefinition): Promise<number[]> => {
		const before = sandbox.outbox.length;
		keep(await execute(session, await saveWorkflow(session, workflow)));
		const sent = sandbox.outbox
			.slice(before)
			.map(({ message }) => message.toRecipients?.[0]?.emailAddress?.address);
		return PEOPLE.map((person) => sent.filter((address) => address === person).length);
	};
	/** The second email of each workflow is taken, and nobody learns it. */
	const strike = async (workflow: WorkflowDefinition): Promise<number[]> => {
		sandbox.faults.switchOn('gateway504AfterTaken', {
			...{ operation: 'sendMail', after: 1, times: 1 },
		});
		try {
			return await timesSent(workflow);
		} finally {
			await sandbox.faults.switchOff('gateway504AfterTaken');
		}
	};

	assert.deepEqual(await strike(chain('Check: Retry On Fail', [start, people, mail])), [1, 1, 1]);

	const loop = node(3, 'Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize: 1, options: {} });
	assert.deepEqual(
		await timesSent(looped(chain('Check: a loop', [start, people, loop, mail]))),
		[1, 1, 1],
	);

	const trigger = node(1, 'Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, {
		inputSource: 'passthrough',
	});
	const called = await saveWorkflow(session, chain('Check: a sub-workflow', [trigger, mail]));
	await publishWorkflow(session, called);
	const call = node(3, 'Call', 'n8n-nodes-base.executeWorkflow', 1.2, {
		source: 'database',
		workflowId: { __rl: true, mode: 'id', value: called.id },
		mode: 'each',
		options: {},
	});
	assert.deepEqual(
		await timesSent(chain('Check: calls of a sub-workflow', [start, people, call])),
		[1, 1, 1],
	);
	return '504 after the second of three: 1, 1 and 1 times; a loop and a sub-workflow the same';
}

/** The loop's second output feeds the email, which leads back to the loop. */
function looped({ connections, ...workflow }: WorkflowDefinition): WorkflowDefinition {
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return {
		...workflow,
		connections: {
			...connections,
			Loop: { main: [[], to('Mail')] },
			Mail: { main: [to('Loop')] },
		},
	};
}
