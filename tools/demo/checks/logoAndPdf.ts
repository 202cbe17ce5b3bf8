import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXAMPLE_DATA_FOLDER } from '../../kit/folders';
import { importExample } from '../../n8n/examples';
import { execute, type Execution } from '../../n8n/executions';
import type { LinkedOutlookAccount } from '../../n8n/outlookAccounts';
import type { Stage } from '../../n8n/stage';

/** Runs examples/welcome-with-logo.json: what was previewed is what arrives, with both files as they are in examples/data. */
export async function checkLogoAndPdf(
	{ sandbox, session }: Stage,
	{ credential }: LinkedOutlookAccount,
	keep: (execution: Execution) => void,
): Promise<string> {
	const before = sandbox.outbox.length;
	const workflow = await importExample(session, 'welcome-with-logo', [credential]);
	const execution = await execute(session, workflow);
	keep(execution);
	assert.equal(execution.status, 'success', execution.error?.message);

	const previews = execution.outputOf('Preview').map(({ json }) => json);
	const [mail, ...others] = sandbox.outbox.slice(before);
	assert.equal(previews.length, 1);
	assert.deepEqual(others, []);
	assert.ok(mail, 'No mail left');
	const { attachments: _files, ...message } = mail.message;
	assert.deepEqual(previews[0]?.message, message);
	const [logo, pdf] = mail.attachments;
	assert.deepEqual(
		[logo?.name, logo?.isInline, logo?.contentId, pdf?.name, pdf?.isInline],
		['logo.png', true, 'logo', 'first-day.pdf', false],
	);
	assert.deepEqual(logo?.content, await readFile(join(EXAMPLE_DATA_FOLDER, 'logo.png')));
	assert.deepEqual(pdf?.content, await readFile(join(EXAMPLE_DATA_FOLDER, 'first-day.pdf')));
	return `${mail.attachments.length} files`;
}
