import assert from 'node:assert/strict';
import { accept, pickAccount, requireTwoPermissions } from '../cloud/signInWindow';
import { CredentialDialog } from '../editor/credentialDialog';
import { take, type Walk } from '../walk';

export const ROBOMQ_TYPE = 'RoboMQ Outlook OAuth2 API';

/** Linking an account through RoboMQ's application: one button, one sign-in. */
export async function linkRoboMq(walk: Walk): Promise<void> {
	const { editor, album, stage } = walk;
	const { accounts } = stage.sandbox.directory;

	await take(
		walk,
		'the RoboMQ credential offers a connect button and nothing to fill in',
		async () => {
			const dialog = await CredentialDialog.create(editor, ROBOMQ_TYPE);
			await dialog.frame.getByTestId('quick-connect-button').waitFor();
			assert.equal(await dialog.frame.getByTestId('credential-connection-parameter').count(), 0);
			await album.keep(editor.page, 'credential-robomq');
		},
	);
	await take(
		walk,
		'declining the permissions leaves the account unconnected and says why',
		async () => {
			const dialog = await CredentialDialog.create(editor, ROBOMQ_TYPE);
			const window = await dialog.connect();
			await pickAccount(window, accounts.adele);
			const answered = window.waitForURL(/oauth2-credential\/callback/);
			await window.getByRole('button', { name: 'Cancel' }).click();
			await answered;
			await window.waitForLoadState('networkidle');
			const said = await window.locator('body').innerText();
			await album.keep(window, 'declined');
			await window.close();
			await album.keep(editor.page, 'credential-after-declining');
			assert.match(said, /declined|denied|65004/i);
			return said.replace(/\s+/g, ' ').slice(0, 200);
		},
	);
	await take(walk, 'signing in shows exactly two permissions, and n8n says connected', async () => {
		const dialog = await CredentialDialog.create(editor, ROBOMQ_TYPE);
		const window = await dialog.connect();
		await window.getByRole('heading', { name: 'Pick an account' }).waitFor();
		await album.keep(window, 'sign-in');
		await pickAccount(window, accounts.adele);
		const asked = await requireTwoPermissions(window);
		await album.keep(window, 'consent');
		await accept(window);
		await dialog.requireConnected();
		await album.keep(editor.page, 'credential-robomq-connected');
		return asked;
	});
}
