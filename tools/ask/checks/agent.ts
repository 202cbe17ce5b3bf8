import assert from 'node:assert/strict';
import { agentWorkflow } from '../../e2e/model/agentWorkflow';
import { startScriptedModel } from '../../e2e/model/scriptedModel';
import { saveCredential } from '../../n8n/credentials';
import { startExecution, waitForExecution } from '../../n8n/executions';
import { node } from '../../n8n/mailNodes';
import { NODE_TYPE } from '../../n8n/packagedNode';
import type { SavedWorkflow } from '../../n8n/workflows';
import type { Asking } from '../asking';
import { answer, linksIn, mailsOf, untilWaiting } from '../questions';

/** As awkward a name as a designer can give. */
const REVIEW_NODE = 'Ask a "person" {{ first }}';

const draft = (Subject: string) => ({
	toolParameters: { Subject, Body: 'Your badge is at the reception.' },
	hitlParameters: {},
});

/** An agent drafts, a person declines with a reason, the agent corrects, the person approves. */
export async function agentAsks({ stage, account }: Asking): Promise<string> {
	const { session, sandbox } = stage;
	const model = await startScriptedModel(draft('Badge'), draft('Your badge is ready'));
	try {
		const credential = await saveCredential(session, {
			name: 'Scripted model for questions',
			type: 'openAiApi',
			data: { apiKey: 'none', url: model.url },
		});
		const { type, id: credentialId, name } = account.credential;
		const credentials = { [type]: { id: credentialId, name } };
		const agent = agentWorkflow(credential);
		const workflow = {
			...agent,
			nodes: [
				...agent.nodes,
				{
					...node(10, 'Send It', `${NODE_TYPE}Tool`, 1, {
						application: 'customer',
						operation: 'send',
						to: 'kaethe@contoso.example',
						subject: "={{ $fromAI('Subject', '', 'string') }}",
						bodyType: 'text',
						body: "={{ $fromAI('Body', '', 'string') }}",
					}),
					credentials,
				},
				{
					...node(11, REVIEW_NODE, `${NODE_TYPE}HitlTool`, 1, {
						application: 'customer',
						to: 'boss@contoso.example',
						subject: 'May the agent send this?',
						// As n8n's editor proposes it.
						message:
							'=The agent wants to run this tool: {{ $tool.name }}\n\nInput:\n{{ $tool.parameters }}',
					}),
					credentials,
				},
			],
			connections: {
				...agent.connections,
				'Send It': { ai_tool: [[{ node: REVIEW_NODE, type: 'ai_tool', index: 0 }]] },
				[REVIEW_NODE]: { ai_tool: [[{ node: 'HR Agent', type: 'ai_tool', index: 0 }]] },
			},
		};
		const saved = await session.post<SavedWorkflow>('/workflows', workflow);
		const before = sandbox.outbox.length;
		const id = await startExecution(session, saved);

		const question = async (index: number) => {
			const mail = (await mailsOf(sandbox, before + index + 1)).at(-1)!;
			await untilWaiting(session, id);
			return { links: linksIn(mail), text: mail.message.body?.content ?? '' };
		};
		const first = await question(0);
		assert.match(first.text, /Subject:\s+Badge\s+Body:\s+Your badge is at the reception\./);
		const declined = await answer(first.links[1]!, { choice: '2', comment: 'Name it in full' });
		assert.equal(declined.status, 200);
		const second = await question(1);
		assert.match(second.text, /Your badge is ready/);
		assert.match(model.answers.join(), /Name it in full/);
		assert.equal((await answer(second.links[0]!, { choice: '1' })).status, 200);
		const { status, error } = await waitForExecution(session, id);
		assert.equal(status, 'success', error?.message);
		const sent = sandbox.outbox.slice(before + 2).map(({ message }) => message.subject);
		assert.deepEqual(sent, ['Your badge is ready']);
		return 'declined with a reason, corrected, approved, sent';
	} finally {
		await model.close();
	}
}
