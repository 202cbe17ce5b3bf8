import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';
import { node } from '../../n8n/mailNodes';
import { NODE_TYPE } from '../../n8n/packagedNode';
import { chain, saveWorkflow } from '../../n8n/workflows';
import { WorkflowCanvas } from '../editor/workflowCanvas';
import { take, type Walk } from '../walk';

const OPERATIONS = ['send', 'reply', 'sendAndWait', 'preview', 'checkConnection'];

/** The node has never run, and its fields are in the next node's input all the same. */
export async function dragFields(walk: Walk): Promise<void> {
	const { editor, album, stage } = walk;
	for (const operation of OPERATIONS) {
		await take(
			walk,
			`before ${operation} has run, n8n shows the fields of its output`,
			async () => {
				const fields = await fieldsOf(operation);
				const { id } = await saveWorkflow(stage.session, workflowWith(operation));
				const canvas = await WorkflowCanvas.open(editor, id);
				const view = await canvas.openOther('Next');
				const shown = await view.inputFields();
				// The list is as long as the window; what is below is not on the page yet.
				const known = fields.filter((field) => shown.includes(field));
				assert.ok(known.length >= 4 || known.length === fields.length, shown.join(', '));
				await album.keep(editor.page, `fields-of-${operation}`);
				const [first = ''] = known;
				assert.equal(await view.dragField(first), `{{ $json.${first} }}`);
				return known.join(', ');
			},
		);
	}
}

/** The names in the package's schema, at the top. */
async function fieldsOf(operation: string): Promise<string[]> {
	const path = join('nodes', 'SendOutlookMail', '__schema__', 'v1.0.0', `${operation}.json`);
	const { properties } = JSON.parse(await readFile(join(PACKAGE_FOLDER, path), 'utf8')) as {
		properties: Record<string, unknown>;
	};
	return Object.keys(properties);
}

function workflowWith(operation: string) {
	return chain(`Fields of ${operation}`, [
		node(1, 'Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node(2, 'Never Run', NODE_TYPE, 1, { operation }),
		node(3, 'Next', 'n8n-nodes-base.set', 3.4, {
			mode: 'manual',
			assignments: { assignments: [{ id: 'a', name: 'copy', value: '', type: 'string' }] },
			options: {},
		}),
	]);
}
