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
