import assert from 'node:assert/strict';
import type { BrowserContext } from '@playwright/test';
import { linksIn, mailsOf, untilWaiting } from '../../ask/questions';
import { saveCredential } from '../../n8n/credentials';
import type { EditorSession } from '../../n8n/editorSession';
import { waitForExecution } from '../../n8n/executions';
import { closeMessages } from '../editor/editor';
import { WorkflowCanvas } from '../editor/workflowCanvas';
import { agentWorkflow } from '../model/agentWorkflow';
import { startScriptedModel } from '../model/scriptedModel';
import { take, type Walk } from '../walk';

const REASON = 'Say where the badge is.';

const draft = (Subject: string, Body: string) => ({
	toolParameters: { Subject, Body },
	hitlParameters: {},
});

/** An agent drafts, a person declines with a reason, the agent corrects, the person approves. */
export async function letPersonReview(walk: Walk): Promise<void> {
	const { editor, album, context, stage } = walk;
	const { sandbox, session } = stage;
	const model = await startScriptedModel(
		draft('Badge', 'It is ready.'),
		draft('Your badge is ready', 'Dear Käthe, your **badge** is at the reception.'),
	);
	try {
		const credential = await saveCredential(session, {
			name: 'Scripted model for a review',
			type: 'openAiApi',
			data: { apiKey: 'none', url: model.url },
		});
		const { id } = await session.post<{ id: string }>('/workflows', agentWorkflow(credential));
		const canvas = await WorkflowCanvas.open(editor, id);

		const isBuilt = await take(
			walk,
			'a human review is between an agent and its tool',
			async () => {
				const review = await canvas.addReview('HR Agent', 'outlook mail');
				await review.chooseCredential('RoboMQ Outlook account');
				await review.fill({ to: 'boss@contoso.example', subject: 'May the agent send this?' });
				await album.keep(editor.page, 'review-node');
				await canvas.closeNode();
				const tool = await canvas.addTool(await canvas.searchTool(REVIEW_NODE, 'outlook mail'));
				await tool.chooseCredential('RoboMQ Outlook account');
				await tool.fill({ to: 'kaethe.gruenwald@contoso.example' });
				await tool.letModelDefine('subject');
				await tool.letModelDefine('body');
				await canvas.closeNode();
			},
		);
		if (!isBuilt) return;
		await take(walk, 'a person declines with a reason, and the agent corrects itself', async () => {
			const before = sandbox.outbox.length;
			await canvas.start();
			const first = await questionAfter(walk, session, before);
			assert.match(first.html, /It is ready\./);
			const page = await openPage(context, first.links[1]!);
			await page.getByLabel('Comment').fill(REASON);
			await album.keep(page, 'review-declined');
			await sendAnswer(page);
			const second = await questionAfter(walk, session, before + 1);
			assert.match(second.html, /at the reception/);
			assert.match(model.answers.join(), new RegExp(REASON));
			const again = await openPage(context, second.links[0]!);
			await album.keep(again, 'review-approved');
			await sendAnswer(again);
			await canvas.untilExecuted();
			await closeMessages(editor);
			await canvas.fit();
			await album.picture('agent-review', editor.page, [canvas.nodes, canvas.ends], {
				padding: 48,
			});
			const sent = sandbox.outbox.slice(before + 2).map(({ message }) => message.subject);
			assert.deepEqual(sent, ['Your badge is ready']);
			const { status } = await waitForExecution(session, second.execution);
			assert.equal(status, 'success');
			return 'declined with a reason, corrected, approved, sent';
		});
	} finally {
		await model.close();
	}
}

const REVIEW_NODE = 'Send Outlook Mail';

async function questionAfter({ stage }: Walk, session: EditorSession, before: number) {
	const mail = (await mailsOf(stage.sandbox, before + 1, 60_000)).at(-1)!;
	const links = linksIn(mail);
	const execution = /webhook-waiting\/(\d+)\//.exec(links[0] ?? '')?.[1] ?? '';
	await untilWaiting(session, execution);
	return { execution, links, html: mail.message.body?.content ?? '' };
}

async function openPage(context: BrowserContext, url: string) {
	const page = await context.newPage();
	await page.goto(url);
	return page;
}

async function sendAnswer(page: Awaited<ReturnType<typeof openPage>>): Promise<void> {
	await page.getByRole('button', { name: 'Send answer' }).click();
	await page.getByRole('heading', { name: 'Thank you, your answer is recorded' }).waitFor();
	await page.close();
}
