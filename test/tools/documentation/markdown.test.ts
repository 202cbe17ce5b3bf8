import { readMarkdown } from '#tools/documentation/markdown';

describe('headings as anchors', () => {
	it.each([
		['# What the messages mean', 'what-the-messages-mean'],
		['## By `npm run demo`', 'by-npm-run-demo'],
		["### A customer's administrator", 'a-customers-administrator'],
		['## From _Microsoft Outlook_ (operation Send)', 'from-microsoft-outlook-operation-send'],
		['## See [the page](designer.md)', 'see-the-page'],
		['## snake_case stays', 'snake_case-stays'],
		['## Käthe', 'käthe'],
	])('%s', (heading, anchor) => {
		expect(readMarkdown(heading).anchors).toEqual([anchor]);
	});

	it('counts the same words', () => {
		expect(readMarkdown('# A\n## A\n### A').anchors).toEqual(['a', 'a-1', 'a-2']);
	});

	it('finds none inside a block of code', () => {
		expect(readMarkdown('```sh\n# a comment\n```').anchors).toEqual([]);
	});
});

it('finds links and pictures, with their lines, but none in code', () => {
	const text = [
		'See [a](one.md) and ![b](two.png "title").',
		'`[c](three.md)`',
		'',
		'[d]: https://d.example',
		'',
		'| a                |',
		'| ---------------- |',
		'| [e](four.md#x)   |',
	].join('\n');
	expect(readMarkdown(text).links).toEqual([
		{ target: 'one.md', line: 1 },
		{ target: 'two.png', line: 1 },
		{ target: 'four.md#x', line: 8 },
		{ target: 'https://d.example', line: 4 },
	]);
});

it('reads blocks of code with the remark right above', () => {
	const text = ['<!-- why not -->', '', '```sh', 'npm ci', '```', '', '```json', '{}', '```'];
	expect(readMarkdown(text.join('\n')).blocks).toEqual([
		expect.objectContaining({ language: 'sh', code: 'npm ci', remark: 'why not', line: 3 }),
		expect.objectContaining({ language: 'json', code: '{}', remark: undefined, line: 7 }),
	]);
});

it('takes a remark for one block only', () => {
	const text = '<!-- why not -->\n\n```sh\na\n```\n\n```sh\nb\n```';
	expect(readMarkdown(text).blocks.map(({ remark }) => remark)).toEqual(['why not', undefined]);
});
