import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { FIELD_NAMES } from '#node/mail/parameters';
import { ADDRESS_FAULTS } from '#node/mail/address/faults';

/** n8n's rules for what a user reads: say what happened and how to fix it, without these words. */
const UNWELCOME = /\b(?:error|problem|failure|failed|mistake|invalid|binary property)\b/i;

const folder = path.join(__dirname, '../../../nodes/SendOutlookMail/mail');

describe('what the designer reads', () => {
	it.each(globSync('**/*.ts', { cwd: folder }))('in %s has no unwelcome word', (file) => {
		const source = readFileSync(path.join(folder, file), 'utf8');
		const withoutComments = source.replace(/\/\*\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
		const texts = withoutComments.match(/'[^'\n]{12,}'|`[^`]{12,}`/g) ?? [];
		expect(texts.filter((text) => UNWELCOME.test(text))).toEqual([]);
	});

	it.each(Object.entries(ADDRESS_FAULTS))('of %s is whole sentences', (_, { cause, remedy }) => {
		expect(cause).toMatch(/^[A-Z].*\.$/);
		expect(remedy).toMatch(/^[A-Z].*\.$/);
	});

	it('names fields in title case', () => {
		for (const name of Object.values(FIELD_NAMES))
			expect(name).toMatch(/^[A-Z]\w*(?:[ -](?:to|[A-Z]\w*))*$/);
	});
});
