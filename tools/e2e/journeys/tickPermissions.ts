import { privilegedAccount } from '../../n8n/outlookAccounts';
import { accept, pickAccount, requirePermissions } from '../cloud/signInWindow';
import { CredentialDialog } from '../editor/credentialDialog';
import { take, type Walk } from '../walk';
import { CUSTOMER_TYPE, enter } from './linkCustomer';

export const WITH_PERMISSIONS = 'Contoso IT, with all permissions';

/** The owner of the app ticks more than sending as oneself: the consent page asks for just that. */
export async function tickPermissions(walk: Walk): Promise<void> {
	const { editor, album, stage } = walk;
	const { sandbox } = stage;
	const { data } = privilegedAccount(sandbox);
	const { permissions: _ticked, ...fields } = data;
	const dialog = await CredentialDialog.create(editor, CUSTOMER_TYPE);

	await take(walk, 'each permission says what it is for', async () => {
		await enter(dialog, { name: WITH_PERMISSIONS, data: fields });
		await dialog.field('permissions').scrollIntoViewIfNeeded();
		await dialog.field('permissions').click();
		const offered = await dialog.options();
		await album.keep(editor.page, 'permissions-offered');
		await editor.page.keyboard.press('Escape');
		return offered.join('; ');
	});
	await take(walk, 'the consent page asks for exactly what was ticked besides', async () => {
		await dialog.tick('permissions', 'Mail.ReadWrite', 'Mail.Send.Shared');
		await album.keep(editor.page, 'permissions-ticked');
		await dialog.save();
		const window = await dialog.connect();
		await pickAccount(window, sandbox.directory.accounts.adele);
		await album.keep(window, 'consent-with-permissions');
		const asked = await requirePermissions(window, ['Mail.ReadWrite', 'Mail.Send.Shared']);
		await accept(window);
		await dialog.requireConnected();
		return asked;
	});
}
