import type { INodePropertyOptions } from 'n8n-workflow';
import { fields } from '#node/description/fields';

const operation = fields.find(({ name }) => name === 'operation');
const operations = (operation?.options ?? []) as INodePropertyOptions[];

/** n8n's list of operations shows two lines of a description. */
const TWO_LINES = 90;

it.each(operations)('describes the operation $name in two lines', ({ description = '' }) => {
	expect(description).not.toBe('');
	expect(description.length).toBeLessThanOrEqual(TWO_LINES);
});
