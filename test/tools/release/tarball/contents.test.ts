import { judgeContents } from '#tools/release/tarball/contents';

const n8n = {
	nodes: ['dist/nodes/A/A.node.js'],
	credentials: ['dist/credentials/B.credentials.js'],
};
const facts = { n8n, dependencies: { '@scope/c': '1.0.0' } };
const WHOLE = [
	'node_modules/@scope/c/package.json',
	'node_modules/@scope/c/lib/c.test.js',
	'node_modules/@scope/c/node_modules/d/package.json',
	'dist/nodes/A/__schema__/v1.0.0/send.json',
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
		expect(judgeContents(WHOLE, facts)).toEqual([]);
	});

	it.each(WHOLE.filter((path) => !/svg|json|d\.ts|test/.test(path) || path === 'package.json'))(
		'needs %s',
		(path) => {
			const rest = WHOLE.filter((other) => other !== path);
			expect(judgeContents(rest, facts)).toEqual([`missing: ${path}`]);
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
		expect(judgeContents([...WHOLE, path], facts)).toEqual([`does not belong there: ${path}`]);
	});

	it('contains every run-time dependency', () => {
		const rest = WHOLE.filter((path) => path !== 'node_modules/@scope/c/package.json');
		expect(judgeContents(rest, facts)).toEqual(['not bundled: @scope/c']);
	});

	it('has no place for a binary in a dependency', () => {
		const path = 'node_modules/@scope/c/build/c.node';
		expect(judgeContents([...WHOLE, path], facts)).toEqual([`a binary: ${path}`]);
	});

	it('has no place for a compiled test', () => {
		expect(judgeContents([...WHOLE, 'dist/nodes/A/a.test.js'], facts)).toHaveLength(1);
	});
});
