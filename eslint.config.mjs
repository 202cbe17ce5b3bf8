import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';
import { noImportCycle } from './tools/lint/noImportCycle.mjs';

const NODE = './nodes/SendOutlookMail';

/** From the first to the last: a folder imports from those after it. CONTRIBUTING has the picture. */
const IMPORT_ORDER = [
	['operations'],
	['output'],
	['explain'],
	['ask', 'attachments'],
	['account'],
	['delivery'],
	['graph'],
	['mail'],
	['facts'],
];

/** For `import-x/no-restricted-paths`: each folder, and what it must not import. */
const importZones = [
	...IMPORT_ORDER.flatMap((folders, at) =>
		folders.map((folder) => ({
			target: `${NODE}/${folder}`,
			from: [
				`${NODE}/*.ts`,
				`${NODE}/description/**`,
				'./credentials/**',
				...IMPORT_ORDER.slice(0, at + 1)
					.flat()
					.filter((other) => other !== folder)
					.map((other) => `${NODE}/${other}/**`),
			],
			message: `${folder} imports from its own folder and from those after it in the order of eslint.config.mjs.`,
		})),
	),
	...[`${NODE}/description`, './credentials'].map((target) => ({
		target,
		from: IMPORT_ORDER.flat()
			.filter((folder) => !['mail', 'account'].includes(folder))
			.map((folder) => `${NODE}/${folder}/**`),
		message: 'n8n loads this at its start: only constants of mail and account.',
	})),
];

export default [
	{ ignores: ['dist/**', '**/node_modules/**', '**/.n8n-demo/**', '**/*.schema.json'] },
	...configWithoutCloudSupport,
	{
		// The rule knows two homes for a library: n8n itself, or a bundle. The owner of this project
		// chose Microsoft's own clients as dependencies; docs/internal/dependencies.md gives the reason for each.
		files: ['package.json'],
		rules: { '@n8n/community-nodes/no-runtime-dependencies': 'off' },
	},
	{
		// None of this runs inside n8n or is published: n8n's error classes are for what a designer
		// sees, and these start n8n, browsers and servers as processes.
		files: ['sandbox/**', 'tools/**', 'test/**'],
		rules: {
			'@n8n/community-nodes/require-node-api-error': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		plugins: { project: { rules: { 'no-import-cycle': noImportCycle } } },
		rules: {
			'import-x/no-restricted-paths': ['error', { zones: importZones }],
			'project/no-import-cycle': 'error',
			'no-restricted-syntax': [
				'error',
				...['ExportAllDeclaration', 'ExportNamedDeclaration[source]'].map((selector) => ({
					selector,
					message: 'Import from the file that declares it; no file passes on what others export.',
				})),
			],
		},
	},
	{
		// Taking a property out with a rest pattern is how a copy without it is made.
		files: ['**/*.ts'],
		rules: { '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }] },
	},
];
