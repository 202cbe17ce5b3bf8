import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

export default [
	{ ignores: ['dist/**', '**/node_modules/**', '**/.n8n-demo/**', '**/*.schema.json'] },
	...configWithoutCloudSupport,
	{
		// The rule knows two homes for a library: n8n itself, or a bundle. The owner of this project
		// chose Microsoft's own clients as dependencies; the README's table gives the reason for each.
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
		// Taking a property out with a rest pattern is how a copy without it is made.
		files: ['**/*.ts'],
		rules: { '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }] },
	},
];
