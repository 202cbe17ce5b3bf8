import { CredentialDialog } from '../editor/credentialDialog';
import { iconSheet } from '../editor/iconSheet';
import { WorkflowCanvas } from '../editor/workflowCanvas';
import { take, type Walk } from '../walk';
import { CUSTOMER_TYPE } from './linkCustomer';

/** People with a dark editor read everything, too. */
export async function readInDark(walk: Walk): Promise<void> {
	const { editor, album, context } = walk;
	await editor.page.emulateMedia({ colorScheme: 'dark' });
	try {
		await take(walk, 'in dark mode, nodes panel and node have the icon made for it', async () => {
			const canvas = await WorkflowCanvas.createNew(editor);
			await canvas.startByHand();
			const found = await canvas.search('outlook mail');
			await editor.page
				.getByTestId('node-creator')
				.locator('img[src*="outlook.dark.svg"]')
				.first()
				.waitFor();
			await album.keep(editor.page, 'nodes-panel-dark');
			await canvas.showDetails(found);
			const view = await canvas.add();
			await view.openOptions();
			await album.keep(editor.page, 'options-dark');
		});
		await take(walk, 'in dark mode, hints and notices of a credential can be read', async () => {
			const dialog = await CredentialDialog.create(editor, CUSTOMER_TYPE);
			await dialog.field('clientId').waitFor();
			await album.keep(editor.page, 'credential-customer-dark');
		});
	} finally {
		await editor.page.emulateMedia({ colorScheme: 'light' });
	}
	await take(walk, 'both icons are kept as small as n8n shows them', async () => {
		const page = await context.newPage();
		await page.setContent(await iconSheet());
		await album.keep(page.locator('main'), 'icons');
		await page.close();
	});
}
