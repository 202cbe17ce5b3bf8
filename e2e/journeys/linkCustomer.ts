import assert from 'node:assert/strict';
import {
	certificateAccount,
	customerAccount,
	type OutlookAccount,
} from '../../demo/outlookAccounts';
import type { Account } from '../../sandbox';
import { accept, pickAccount, requireTwoPermissions } from '../cloud/signInWindow';
import { CredentialDialog } from '../editor/credentialDialog';
import { take, type Walk } from '../walk';

export const CUSTOMER_TYPE = 'Customer-Owned Outlook OAuth2 API';

/** Names that the designer gives, to tell the two credentials of this type apart. */
export const WITH_SECRET = 'Contoso IT, with a secret';
export const WITH_CERTIFICATE = 'Contoso IT, with a certificate';

/** Linking an account through an application of the customer's own. */
export async function linkCustomer(walk: Walk): Promise<void> {
	const { editor, album, stage } = walk;
	const { sandbox } = stage;
	const { megan } = sandbox.directory.accounts;

	await take(walk, "the customer's credential asks for what only its owner knows", async () => {
		const dialog = await CredentialDialog.create(editor, CUSTOMER_TYPE);
		for (const name of ['clientId', 'clientSecret', 'cloudInstance', 'tenantId'])
			await dialog.field(name).waitFor();
		for (const name of ['privateKey', 'certificate', 'loginHost', 'graphHost', 'authUrl', 'scope'])
			assert.equal(await dialog.field(name).count(), 0, `${name} is shown`);
		await album.keep(editor.page, 'credential-customer');
		await dialog.field('permissions').scrollIntoViewIfNeeded();
		await album.keep(editor.page, 'credential-customer-lower-half');
	});
	await take(
		walk,
		'a tenant ID that cannot be one is refused before anybody signs in',
		async () => {
			const dialog = await CredentialDialog.create(editor, CUSTOMER_TYPE);
			await enter(
				dialog,
				{ ...customerAccount(sandbox), name: 'Wrong tenant' },
				{ tenantId: 'contoso' },
			);
			await dialog.pressConnect();
			const said = await dialog.notification.first().innerText();
			await album.keep(editor.page, 'invalid-tenant');
			assert.match(said, /tenant-id-must-be-a-guid-or-a-domain/);
			return said.replace(/\s+/g, ' ');
		},
	);
	await take(walk, 'an account is linked with a client secret in a custom cloud', async () => {
		const dialog = await CredentialDialog.create(editor, CUSTOMER_TYPE);
		await enter(dialog, { ...customerAccount(sandbox), name: WITH_SECRET });
		await dialog.field('loginHost').scrollIntoViewIfNeeded();
		await album.keep(editor.page, 'credential-custom-cloud');
		await connect(dialog, megan);
		await album.keep(editor.page, 'credential-customer-connected');
	});
	await take(walk, 'an account is linked with a certificate', async () => {
		const dialog = await CredentialDialog.create(editor, CUSTOMER_TYPE);
		await enter(dialog, { ...certificateAccount(sandbox), name: WITH_CERTIFICATE });
		await dialog.field('certificate').scrollIntoViewIfNeeded();
		await album.keep(editor.page, 'credential-certificate');
		await connect(dialog, megan);
	});
}

/** Fills in the dialog from top to bottom, choices first so that their fields show. */
async function enter(
	dialog: CredentialDialog,
	{ name, data }: OutlookAccount,
	instead: Record<string, string> = {},
): Promise<void> {
	const { cloudInstance: _custom, clientCredentialType, ...texts } = data as Record<string, string>;
	await dialog.rename(name);
	if (clientCredentialType === 'certificate')
		await dialog.choose('clientCredentialType', 'Certificate');
	await dialog.choose('cloudInstance', 'Custom');
	await dialog.fill({ ...texts, ...instead });
}

async function connect(dialog: CredentialDialog, account: Account): Promise<void> {
	const window = await dialog.connect();
	await pickAccount(window, account);
	await requireTwoPermissions(window);
	await accept(window);
	await dialog.requireConnected();
}
