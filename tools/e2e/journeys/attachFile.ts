import assert from 'node:assert/strict';
import { chain, saveWorkflow, type WorkflowNode } from '../../n8n/workflows';
import { closeMessages } from '../editor/editor';
import { WorkflowCanvas } from '../editor/workflowCanvas';
import { take, type Walk } from '../walk';

const SUBJECT = 'Your first week';
const PLAN = 'Monday: badge and laptop\nTuesday: meet the team';

/** Makes a text file; any node that outputs files could be in its place. */
const MAKE_FILE: readonly WorkflowNode[] = [
	{
		id: 'e2e-file-1',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	},
	{
		id: 'e2e-file-2',
		name: 'Plan',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		position: [220, 0],
		parameters: { mode: 'raw', jsonOutput: JSON.stringify({ plan: PLAN }), options: {} },
	},
	{
		id: 'e2e-file-3',
		name: 'Plan as File',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		position: [440, 0],
		parameters: {
			operation: 'toText',
			sourceProperty: 'plan',
			binaryPropertyName: 'plan',
			options: { fileName: 'first-week.txt' },
		},
	},
];

/** A node before it makes a file; the mail takes it along. */
export async function attachFile(walk: Walk): Promise<void> {
	const { editor, album, context, stage } = walk;
	const { sandbox, session } = stage;
	await take(walk, 'a file of the node before travels with the mail', async () => {
		const { id } = await saveWorkflow(session, chain('A plan for the first week', MAKE_FILE));
		const canvas = await WorkflowCanvas.open(editor, id);
		await canvas.showDetails(await canvas.searchBehind('Plan as File', 'outlook mail'));
		const view = await canvas.add();
		await view.chooseCredential('RoboMQ Outlook account');
		await view.fill({
			to: 'kaethe.gruenwald@contoso.example',
			subject: SUBJECT,
			body: 'Your **plan** is attached.',
		});
		await view.addOption('Attachments');
		await album.keep(editor.page, 'option-attachments');
		await view.fill({ attachments: 'plan' });
		await view.run('accepted');
		await closeMessages(editor);
		await album.keep(editor.page, 'sent-with-file');
	});
	await take(walk, 'the outbox page offers the file, unharmed', async () => {
		const mail = sandbox.outbox.findLastIndex(({ message }) => message.subject === SUBJECT);
		const page = await context.newPage();
		await page.goto(`${sandbox.loginOrigin}/outbox#mail-${mail}`);
		const file = page.locator(`#mail-${mail}`).getByRole('link', { name: 'first-week.txt' });
		const [download] = await Promise.all([page.waitForEvent('download'), file.click()]);
		const content = await (await download.createReadStream()).toArray();
		assert.equal(Buffer.concat(content as Buffer[]).toString(), PLAN);
		await album.keep(page.locator(`#mail-${mail}`), 'outbox-with-file');
		await page.close();
	});
}
