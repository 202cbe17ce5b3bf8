import assert from 'node:assert/strict';
import { AADSTS_ERRORS } from '#node/explain/aadstsErrors';
import { closeMessages } from '../editor/editor';
import { WorkflowCanvas } from '../editor/workflowCanvas';
import { take, type Walk } from '../walk';
import { WITH_SECRET } from './linkCustomer';

const CLIENT_SECRET_EXPIRED = 7000222;

/** One day the client secret has expired: the error panel says so, and what to do. */
export async function meetExpiredSecret(walk: Walk): Promise<void> {
	const { editor, album, context, stage } = walk;
	const { sandbox } = stage;
	await take(walk, 'an expired client secret shows its cause and its remedy', async () => {
		const faults = await context.newPage();
		await faults.goto(`${sandbox.loginOrigin}/faults`);
		const row = faults.getByRole('listitem').filter({ hasText: 'The client secret has expired' });
		await row.getByRole('button', { name: 'Switch on' }).click();
		await row.getByRole('button', { name: 'Switch off' }).waitFor();
		await album.keep(faults, 'faults');
		sandbox.expireAccessTokens();

		const canvas = await WorkflowCanvas.createNew(editor);
		await canvas.startByHand();
		await canvas.showDetails(await canvas.search('outlook mail'));
		const view = await canvas.add();
		await view.chooseCredential(WITH_SECRET);
		await view.fill({
			to: 'kaethe.gruenwald@contoso.example',
			subject: 'Never sent',
			body: 'Never sent',
		});
		const before = sandbox.outbox.length;
		const said = await view.run(AADSTS_ERRORS[CLIENT_SECRET_EXPIRED]?.message ?? 'expired');
		await closeMessages(editor);
		await album.keep(editor.page, 'error-expired-secret');
		await album.picture('error', editor.page, [view.output], { below: 505 });
		assert.match(said, /client secret/i);
		assert.equal(sandbox.outbox.length, before);

		await row.getByRole('button', { name: 'Switch off' }).click();
		await row.getByRole('button', { name: 'Switch on' }).waitFor();
		await faults.close();
		return said.replace(/\s+/g, ' ').slice(0, 300);
	});
}
