import { judgeContents } from '#tools/release/tarball/contents';

const n8n = {
	nodes: ['dist/nodes/A/A.node.js'],
	credentials: ['dist/credentials/B.credentials.js'],
};
const WHOLE = [
	'CHANGELOG.md',
	'LICENSE',
	'README.md',
	'package.json',
	'dist/index.js',
	'dist/icons/a.svg',
	'dist/icons/a.dark.svg',
	'dist/nodes/A/A.node.json',
	'dist/nodes/A/A.node.d.ts',
	...n8n.nodes,
	...n8n.credentials,
];

describe('the list of files in a tarball', () => {
	it('is as it should be', () => {
		expect(judgeContents(WHOLE, { n8n })).toEqual([]);
	});

	it.each(WHOLE.filter((path) => !/svg|json|d\.ts/.test(path) || path === 'package.json'))(
		'needs %s',
		(path) => {
			const rest = WHOLE.filter((other) => other !== path);
			expect(judgeContents(rest, { n8n })).toEqual([`missing: ${path}`]);
		},
	);

	it.each([
		'.npmrc',
		'docs/designer.md',
		'sandbox/main.ts',
		'dist/nodes/A/A.node.ts',
		'dist/nodes/A/A.node.js.map',
		'dist/tsconfig.tsbuildinfo',
		'dist/package.json',
	])('has no place for %s', (path) => {
		expect(judgeContents([...WHOLE, path], { n8n })).toEqual([`does not belong there: ${path}`]);
	});

	it('has no place for a compiled test', () => {
		expect(judgeContents([...WHOLE, 'dist/nodes/A/a.test.js'], { n8n })).toHaveLength(1);
	});
});
