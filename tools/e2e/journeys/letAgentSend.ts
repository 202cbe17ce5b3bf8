import assert from 'node:assert/strict';
import { saveCredential, type Credential } from '../../n8n/credentials';
import { closeMessages } from '../editor/editor';
import { WorkflowCanvas } from '../editor/workflowCanvas';
import { agentWorkflow } from '../model/agentWorkflow';
import { startScriptedModel } from '../model/scriptedModel';
import { take, type Walk } from '../walk';

/** What the model writes into the fields that are left to it. */
const WRITTEN = {
	Subject: 'Your badge is ready',
	Body: 'Dear Käthe, your **badge** waits for you at the reception.',
};

/** n8n's AI Agent uses the node as a tool; the model behind it is a script. */
export async function letAgentSend(walk: Walk): Promise<void> {
	const { editor, album, stage } = walk;
	const { sandbox, session } = stage;
	const model = await startScriptedModel(WRITTEN);
	try {
		const credential: Credential = await saveCredential(session, {
			name: 'Scripted model',
			type: 'openAiApi',
			data: { apiKey: 'none', url: model.url },
		});
		const { id } = await session.post<{ id: string }>('/workflows', agentWorkflow(credential));
		const canvas = await WorkflowCanvas.open(editor, id);

		await take(
			walk,
			'the node is offered as a tool, and fields can be left to the model',
			async () => {
				const found = await canvas.searchTool('HR Agent', 'outlook mail');
				await album.keep(editor.page, 'tools-panel');
				const view = await canvas.addTool(found);
				await view.chooseCredential('RoboMQ Outlook account');
				await view.fill({ to: 'kaethe.gruenwald@contoso.example' });
				await view.letModelDefine('subject');
				await view.letModelDefine('body');
				await album.keep(editor.page, 'ai-tool');
				await album.picture('ai-tool', editor.page, [view.parameters], { below: 680 });
				await canvas.closeNode();
			},
		);
		await take(walk, 'an AI agent sends the mail that its model wrote', async () => {
			const before = sandbox.outbox.length;
			await canvas.run();
			await closeMessages(editor);
			await album.keep(editor.page, 'agent-ran');
			const [sent, ...more] = sandbox.outbox.slice(before);
			assert.equal(more.length, 0);
			assert.equal(sent?.message.subject, WRITTEN.Subject);
			assert.match(sent?.message.body?.content ?? '', /your <strong>badge<\/strong> waits for you/);
			const [tool] = model.offered;
			assert.deepEqual(Object.keys(tool?.parameters.properties ?? {}).sort(), ['Body', 'Subject']);
			assert.match(model.answers.join(), /accepted/);
			return `${tool?.name}: ${tool?.description}`;
		});
	} finally {
		await model.close();
	}
}
