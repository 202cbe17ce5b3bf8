import assert from 'node:assert/strict';
import { goBack, pickAccount, pickConsentedAccount } from '../cloud/signInWindow';
import { CredentialDialog } from '../editor/credentialDialog';
import { take, type Walk } from '../walk';
import { ROBOMQ_TYPE } from './linkRoboMq';

/** In this person's tenant, only administrators may consent. */
export async function needAdministrator(walk: Walk): Promise<void> {
	const { editor, album, stage } = walk;
	const { accounts, apps, tenants } = stage.sandbox.directory;
	const dialog = await CredentialDialog.create(editor, ROBOMQ_TYPE);

	await take(
		walk,
		'where only administrators consent, the designer is told whom to ask',
		async () => {
			const window = await dialog.connect();
			await pickAccount(window, accounts.needsAdministrator, 'Need admin approval');
			await album.keep(window, 'need-admin-approval');
			const said = await goBack(window, 'Return to the application without granting consent');
			await album.keep(window, 'admin-approval-missing');
			await window.close();
			await dialog.frame.getByText('Connect your account to use this credential').waitFor();
			assert.match(said, /AADSTS90094/);
		},
	);
	await take(walk, 'once an administrator has consented, nobody is asked again', async () => {
		tenants.northwind.administratorConsent.set(apps.roboMq.id, new Set(['Mail.Send']));
		await pickConsentedAccount(await dialog.connect(), accounts.needsAdministrator);
		await dialog.requireConnected();
	});
}
