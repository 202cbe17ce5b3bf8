import assert from 'node:assert/strict';
import type { LinkedOutlookAccount } from '../../n8n/outlookAccounts';
import type { Stage } from '../../n8n/stage';

/** What n8n shows of a RoboMQ credential: neither client ID nor secret, token or URL. */
export async function checkDesignerView(
	{ session, sandbox }: Stage,
	{ credential }: LinkedOutlookAccount,
): Promise<string> {
	const shown = JSON.stringify(await session.get(`/credentials/${credential.id}?includeData=true`));
	const { id, secrets } = sandbox.directory.apps.roboMq;
	for (const kept of [id, ...secrets.map(({ value }) => value), sandbox.loginOrigin, 'eyJ'])
		assert.equal(shown.includes(kept), false, `n8n shows ${kept}`);
	return `${shown.length} characters of the editor's answer read`;
}
