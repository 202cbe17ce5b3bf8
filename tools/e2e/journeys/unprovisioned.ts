import assert from 'node:assert/strict';
import { provision } from '../../n8n/provisioning';
import { roboMqOverwrites } from '#sandbox/linking';
import { CredentialDialog } from '../editor/credentialDialog';
import { take, type Walk } from '../walk';
import { ROBOMQ_TYPE } from './linkRoboMq';

/** An n8n whose operator did not provision RoboMQ's application says whom to ask. */
export async function meetUnprovisioned(walk: Walk): Promise<void> {
	const { editor, album, stage } = walk;
	const { n8n, sandbox } = stage;
	await take(walk, 'without provisioning, the RoboMQ credential says whom to ask', async () => {
		await provision(n8n, { roboMqOutlookOAuth2Api: {} });
		try {
			const dialog = await CredentialDialog.create(editor, ROBOMQ_TYPE);
			const shown = await dialog.frame.innerText();
			await album.keep(editor.page, 'credential-robomq-not-provisioned');
			assert.match(shown, /ask your n8n administrator/i);
			await dialog.pressConnect();
			const said = await dialog.refusal();
			await album.keep(editor.page, 'connect-not-provisioned');
			assert.match(said, /ask-your-n8n-administrator/);
			return said;
		} finally {
			await provision(n8n, roboMqOverwrites(sandbox));
		}
	});
}
