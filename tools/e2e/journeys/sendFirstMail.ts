import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { FrameLocator } from '@playwright/test';
import { closeMessages } from '../editor/editor';
import { WorkflowCanvas } from '../editor/workflowCanvas';
import { take, type Walk } from '../walk';

const LETTER = {
	to: '"Grünwald, Käthe" <kaethe@contoso.example>',
	subject: 'Welcome to the team',
	body: [
		'Dear Käthe,\n\nwe are glad that you join us on Monday. Please bring:\n',
		'- **a photo ID**\n- your bank details\n',
		'[All about your first day](https://contoso.example/first-day)',
	].join('\n'),
};

/** From an empty canvas to a mail in the outbox: add, check, look, send. */
export async function sendFirstMail(walk: Walk): Promise<void> {
	const { editor, album, context, stage } = walk;
	const { sandbox } = stage;
	const canvas = await WorkflowCanvas.createNew(editor);
	let previewed = '';

	await take(walk, 'the node is found in the nodes panel and added', async () => {
		await canvas.startByHand();
		const found = await canvas.search('outlook mail');
		await album.keep(editor.page, 'nodes-panel');
		await canvas.showDetails(found);
		await album.keep(editor.page, 'node-details');
		await canvas.add();
		await album.keep(editor.page, 'node-empty');
	});
	await take(walk, 'check connection tells what works', async () => {
		const view = await canvas.openIfClosed('Send Outlook Mail');
		await view.chooseCredential('RoboMQ Outlook account');
		await view.choose('operation', 'Check Connection');
		const said = await view.run('mailbox', 'The mailbox answers');
		await album.keep(editor.page, 'check-connection');
		assert.doesNotMatch(said, /\b(failed|warning)\b/);
	});
	await take(walk, 'a preview shows what would be sent, and nothing is', async () => {
		const view = await canvas.openIfClosed('Send Outlook Mail');
		await view.choose('operation', 'Preview');
		await view.fill(LETTER);
		await view.openOptions();
		await album.keep(editor.page, 'options');
		await editor.page.keyboard.press('Escape');
		const before = sandbox.outbox.length;
		await view.run('email.html');
		const seen = await view.viewFile('email.html');
		await seen.getByText(LETTER.subject).waitFor();
		await seen.getByRole('listitem').filter({ hasText: 'a photo ID' }).waitFor();
		await closeMessages(editor);
		await album.keep(editor.page, 'preview');
		previewed = await textOf(seen);
		await view.showWholeBody(async () => {
			await album.picture('preview', editor.page, [view.parameters, view.output], { below: 690 });
		});
		assert.equal(sandbox.outbox.length, before);
	});
	await take(walk, 'a run answers accepted, and the mail is on the outbox page', async () => {
		const view = await canvas.openIfClosed('Send Outlook Mail');
		await view.choose('operation', 'Send');
		const before = sandbox.outbox.length;
		await view.addOption('Send Once Key');
		await view.fill({ sendOnceKey: `welcome-${randomUUID().slice(0, 8)}` });
		await view.run('accepted');
		await closeMessages(editor);
		await album.keep(editor.page, 'sent');
		await view.showWholeBody(async () => {
			await album.picture('node', editor.page, [view.parameters, view.output], { below: 785 });
		});
		assert.equal(sandbox.outbox.length, before + 1);
		const page = await context.newPage();
		await page.goto(`${sandbox.loginOrigin}/outbox`);
		await page.getByRole('heading', { name: LETTER.subject }).waitFor();
		const sent = page.frameLocator('iframe').first();
		await sent.getByRole('listitem').filter({ hasText: 'a photo ID' }).waitFor();
		const opened = page.waitForEvent('popup');
		await sent.getByRole('link', { name: 'All about your first day' }).click();
		await (await opened).close();
		// What Preview showed, to the word.
		assert.ok(previewed.includes(await textOf(sent)), previewed);
		await album.keep(page, 'outbox-first-mail');
		await page.close();
	});
	await take(walk, 'in dark mode, the output can be read', async () => {
		await editor.page.emulateMedia({ colorScheme: 'dark' });
		await album.keep(editor.page, 'node-dark');
		await editor.page.emulateMedia({ colorScheme: 'light' });
	});
}

async function textOf(frame: FrameLocator): Promise<string> {
	return (await frame.locator('body').innerText()).replace(/\s+/g, ' ').trim();
}
