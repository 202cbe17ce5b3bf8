import assert from 'node:assert/strict';
import {
	certificateAccount,
	customerAccount,
	type OutlookAccount,
} from '../../n8n/outlookAccounts';
import type { Account } from '#sandbox/index';
import { accept, pickAccount, requirePermissions } from '../cloud/signInWindow';
import { CredentialDialog } from '../editor/credentialDialog';
import { closeMessages } from '../editor/editor';
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

	const dialog = await CredentialDialog.create(editor, CUSTOMER_TYPE);
	await take(walk, "the customer's credential asks for what only its owner knows", async () => {
		for (const name of ['clientId', 'clientSecret', 'cloudInstance', 'tenantId'])
			await dialog.field(name).waitFor();
		for (const name of ['privateKey', 'certificate', 'loginHost', 'graphHost', 'authUrl', 'scope'])
			assert.equal(await dialog.field(name).count(), 0, `${name} is shown`);
		await album.keep(editor.page, 'credential-customer');
		await dialog.pictureWhole(album, 'credential-customer');
		await dialog.field('permissions').scrollIntoViewIfNeeded();
		await album.keep(editor.page, 'credential-customer-lower-half');
	});
	await take(
		walk,
		'a tenant ID that cannot be one is refused before anybody signs in',
		async () => {
			await enter(dialog, { ...customerAccount(sandbox), name: WITH_SECRET });
			await dialog.fill({ tenantId: 'contoso' });
			await dialog.save();
			await dialog.pressConnect();
			const said = await dialog.refusal();
			await album.keep(editor.page, 'invalid-tenant');
			await closeMessages(editor);
			assert.match(said, /tenant-id-must-be-a-guid-or-a-domain/);
			return said;
		},
	);
	await take(walk, 'with the right tenant ID, a client secret links an account', async () => {
		await dialog.fill({ tenantId: sandbox.directory.tenants.contoso.id });
		await dialog.field('graphHost').scrollIntoViewIfNeeded();
		await album.keep(editor.page, 'credential-custom-cloud');
		await connect(dialog, megan);
		await closeMessages(editor);
		await album.keep(editor.page, 'credential-customer-connected');
	});
	await take(walk, 'a certificate links an account', async () => {
		const dialog = await CredentialDialog.create(editor, CUSTOMER_TYPE);
		await enter(dialog, { ...certificateAccount(sandbox), name: WITH_CERTIFICATE });
		await dialog.field('certificate').scrollIntoViewIfNeeded();
		await album.keep(editor.page, 'credential-certificate');
		await connect(dialog, megan);
	});
}

/** Fills in the dialog from top to bottom, choices first so that their fields show. */
export async function enter(
	dialog: CredentialDialog,
	{ name, data }: Pick<OutlookAccount, 'name' | 'data'>,
): Promise<void> {
	const { cloudInstance: _custom, clientCredentialType, ...texts } = data as Record<string, string>;
	await dialog.rename(name);
	if (clientCredentialType === 'certificate')
		await dialog.choose('clientCredentialType', 'Certificate');
	await dialog.choose('cloudInstance', 'Custom');
	await dialog.fill(texts);
}

async function connect(dialog: CredentialDialog, account: Account): Promise<void> {
	await dialog.save();
	const window = await dialog.connect();
	await pickAccount(window, account);
	await requirePermissions(window);
	await accept(window);
	await dialog.requireConnected();
}
