import assert from 'node:assert/strict';
import { importExample } from '../../demo/examples';
import type { Credential } from '../../demo/n8n/credentials';
import { WorkflowCanvas } from '../editor/workflowCanvas';
import { take, type Walk } from '../walk';
import { WITH_SECRET } from './linkCustomer';

/** The example as a newcomer sees it: the flow, the node in it, the mails that left. */
export async function welcomeNewHires(walk: Walk): Promise<void> {
	const { editor, album, context, stage } = walk;
	const { sandbox, session } = stage;
	await take(
		walk,
		'the onboarding example welcomes three hires and tells their managers',
		async () => {
			const credentials = await session.get<Credential[]>('/credentials');
			const linked = credentials.filter(
				({ name, type }) => type === 'roboMqOutlookOAuth2Api' || name === WITH_SECRET,
			);
			const before = sandbox.outbox.length;
			const { id } = await importExample(session, 'onboarding', linked);
			const canvas = await WorkflowCanvas.open(editor, id);
			await canvas.run();
			await album.keep(editor.page, 'onboarding-canvas');
			assert.equal(sandbox.outbox.length - before, 6);
			const view = await canvas.openNode('Welcome Mail');
			await view.output.getByText('accepted').first().waitFor();
			await album.keep(editor.page, 'node-in-editor');
		},
	);
	await take(walk, 'the outbox shows the mails as their readers see them', async () => {
		const page = await context.newPage();
		await page.goto(`${sandbox.loginOrigin}/outbox`);
		await page.getByRole('heading', { name: 'accepted mails' }).waitFor();
		await album.keep(page, 'outbox');
		await page.close();
	});
}
