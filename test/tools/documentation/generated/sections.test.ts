import { SECTIONS, withSections } from '#tools/documentation/generated/sections';
import { bodyOf } from '#tools/documentation/generated/table';
import { AADSTS_ERRORS } from '#node/explain/aadstsErrors';
import { GRAPH_ERRORS } from '#node/explain/graphErrors';

it.each(Object.entries(SECTIONS))('%s: every row has a cell for each column', (_name, section) => {
	const { head, rows } = section();
	expect(rows.length).toBeGreaterThan(0);
	for (const row of rows) expect(row).toHaveLength(head.length);
});

it('tells of every code that the node explains', () => {
	const written = Object.values(SECTIONS)
		.map((section) => bodyOf(section()))
		.join('\n');
	for (const code of Object.keys(GRAPH_ERRORS)) expect(written).toContain(`\`${code}\``);
	for (const number of Object.keys(AADSTS_ERRORS)) expect(written).toContain(`AADSTS${number}`);
});

it('keeps a cell in its cell', () => {
	expect(bodyOf({ head: ['a'], rows: [['x | y\nz']] })).toBe('| a |\n| --- |\n| x \\| y z |');
});

it('writes between the marks only, and the same the second time', () => {
	const text = 'Before\n\n<!-- generated: clouds -->\nold\n<!-- end of generated -->\n\nAfter';
	const once = withSections(text);
	expect(once).not.toContain('old');
	expect(once).toMatch(/^Before\n\n<!-- generated: clouds -->\n\n\| Cloud instance/);
	expect(once).toMatch(/\n\n<!-- end of generated -->\n\nAfter$/);
	expect(withSections(once)).toBe(once);
});

it('does not pass over a mark that names nothing', () => {
	const text = '<!-- generated: nonsense -->\n<!-- end of generated -->';
	expect(() => withSections(text)).toThrow('Nothing generates "nonsense"');
});

describe('the messages of the node', () => {
	const written = Object.entries(SECTIONS)
		.filter(([name]) => /messages|warnings/.test(name))
		.map(([, section]) => bodyOf(section()))
		.join('\n');

	it.each([
		['a refusal of an entry', 'This entry has no @ sign, so it is not an address.'],
		['a refusal with values', 'The subject has … characters; Exchange takes at most 255.'],
		['one that a function makes', 'The item has no input data field of this name.'],
		['a warning', 'Replies go to …, outside the sender'],
		[
			'a warning that two functions make',
			'another address, …, and many readers see the name only.',
		],
		['a hint', '… drafts of emails that were not sent could not be removed.'],
		['a finding', 'Mail.Send was not granted'],
		['a finding that was skipped', 'The sign-in host did not send its time.'],
		['a refusal of a question', 'An AI agent needs exactly one choice that means approved.'],
		['an unknown outcome', 'The connection ended before Microsoft Graph answered'],
		[
			'a remedy of a table',
			'Check Sent Items for the subject and the time before you send it again.',
		],
	])('%s has a row', (_what, text) => {
		expect(written).toContain(text);
	});
});
