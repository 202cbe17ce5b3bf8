import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

export default [
	{ ignores: ['dist/**', 'demo/node_modules/**', '**/*.schema.json'] },
	...configWithoutCloudSupport,
];
