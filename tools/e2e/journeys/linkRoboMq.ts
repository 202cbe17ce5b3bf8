import assert from 'node:assert/strict';
import { accept, goBack, pickAccount, requirePermissions } from '../cloud/signInWindow';
import { CredentialDialog } from '../editor/credentialDialog';
import { WorkflowCanvas } from '../editor/workflowCanvas';
import { take, type Walk } from '../walk';

export const ROBOMQ_TYPE = 'RoboMQ Outlook OAuth2 API';

/** Linking an account through RoboMQ's application: one button, one sign-in. */
export async function linkRoboMq(walk: Walk): Promise<void> {
	const { editor, album, stage } = walk;
	const { adele } = stage.sandbox.directory.accounts;
	await take(walk, 'a new node offers the button that links an account', async () => {
		const canvas = await WorkflowCanvas.createNew(editor);
		await canvas.startByHand();
		await canvas.showDetails(await canvas.search('outlook mail'));
		const view = await canvas.add();
		await editor.page.getByRole('button', { name: 'Connect to RoboMQ Outlook' }).waitFor();
		await editor.page.getByText('setup manually').waitFor();
		await view.parameter('body').waitFor();
		await album.picture('connect', editor.page, [view.parameters], { below: 330 });
		await canvas.closeNode();
	});
	const dialog = await CredentialDialog.create(editor, ROBOMQ_TYPE);

	await take(walk, 'the RoboMQ credential offers a button, and whom it may send to', async () => {
		await dialog.frame.getByTestId('quick-connect-button').waitFor();
		await dialog.field('allowedRecipients').waitFor();
		assert.equal(await dialog.frame.getByTestId('credential-connection-parameter').count(), 1);
		await album.keep(editor.page, 'credential-robomq');
	});
	await take(
		walk,
		'a person who declines the permissions sees that, and is not connected',
		async () => {
			const window = await dialog.connect();
			await pickAccount(window, adele);
			const said = await goBack(window, 'Cancel');
			await album.keep(window, 'declined');
			await window.close();
			await dialog.frame.getByText('Connect your account to use this credential').waitFor();
			assert.match(said, /access_denied/);
			assert.match(said, /AADSTS65004/);
			return said;
		},
	);
	await take(walk, 'the consent page asks for two permissions, then n8n is connected', async () => {
		const window = await dialog.connect();
		await window.getByRole('heading', { name: 'Pick an account' }).waitFor();
		await album.keep(window, 'sign-in');
		await pickAccount(window, adele);
		const asked = await requirePermissions(window);
		await album.keep(window, 'consent');
		await album.picture('consent', window, [window.locator('main > *')], { padding: 16 });
		await accept(window);
		await dialog.requireConnected();
		await album.keep(editor.page, 'credential-robomq-connected');
		return asked;
	});
}
