import assert from 'node:assert/strict';
import { requireExactMails } from '../../demo/checks/exactMails';
import { importExample } from '../../n8n/examples';
import { onboardingMails } from '../../demo/expectedMails';
import type { Credential } from '../../n8n/credentials';
import { closeMessages } from '../editor/editor';
import { NodeView } from '../editor/nodeView';
import { WorkflowCanvas } from '../editor/workflowCanvas';
import { take, type Walk } from '../walk';
import { WITH_SECRET } from './linkCustomer';

/** The example as a newcomer sees it: the flow, the node in it, the mails that left. */
export async function welcomeNewHires(walk: Walk): Promise<void> {
	const { editor, album, context, stage } = walk;
	const { sandbox, session } = stage;
	const { accounts, apps } = sandbox.directory;
	const sender = { mailbox: accounts.megan.userPrincipalName, appId: apps.customerSecret.id };
	await take(walk, 'the onboarding example sends exactly the mails expected', async () => {
		const credentials = await session.get<Credential[]>('/credentials');
		const linked = credentials.filter(({ name }) => name === WITH_SECRET);
		const before = sandbox.outbox.length;
		const { id } = await importExample(session, 'onboarding', linked);
		const canvas = await WorkflowCanvas.open(editor, id);
		await canvas.run();
		await closeMessages(editor);
		await album.keep(editor.page, 'onboarding-canvas');
		await canvas.fit();
		await album.picture('onboarding', editor.page, [canvas.nodes, canvas.notes, canvas.ends], {
			padding: 48,
		});
		requireExactMails(sandbox.outbox.slice(before), onboardingMails(sender));
		const view = await canvas.openNode('Welcome Mail');
		await view.output.getByText('accepted').first().waitFor();
		await album.keep(editor.page, 'node-in-editor');
	});
	await take(walk, 'a new credential offers both applications', async () => {
		const dialog = await new NodeView(editor.page).createCredential();
		const ways = await dialog.openWays();
		await album.keep(editor.page, 'credential-new');
		assert.ok(ways.includes('Customer-Owned'), ways.join(', '));
		await dialog.take('Customer-Owned');
		await dialog.frame
			.getByText('/rest/oauth2-credential/callback', { exact: false })
			.first()
			.waitFor();
		await dialog.field('clientId').waitFor();
		await dialog.openWays();
		await dialog.take('Managed OAuth2');
		await dialog.frame.getByTestId('quick-connect-button').waitFor();
		assert.doesNotMatch(await dialog.frame.innerText(), /not provisioned/);
		return ways.join(', ');
	});
	await take(walk, 'the outbox shows the mails as their readers see them', async () => {
		const page = await context.newPage();
		const welcome = sandbox.outbox.findLastIndex(({ message }) =>
			/first day/.test(message.subject ?? ''),
		);
		await page.goto(`${sandbox.loginOrigin}/outbox#mail-${welcome}`);
		await page.locator(`#mail-${welcome} iframe`).waitFor();
		await album.keep(page, 'outbox');
		await album.picture('outbox', page, [page.locator(`#mail-${welcome}`)], { padding: 16 });
		await page.close();
	});
}
