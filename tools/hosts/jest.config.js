const { join } = require('node:path');
const everyTest = require('../../jest.config.js');

const root = join(__dirname, '..', '..');
const version = process.env.HOST_VERSION;
if (!version)
	throw new Error('HOST_VERSION says which folder of hosts/pinned/ the engine comes from');
const host = join(__dirname, 'pinned', version, 'node_modules');

/** The node's tests in the engine of another n8n: `npm run test:hosts` runs them for each. */
module.exports = {
	...everyTest,
	rootDir: root,
	roots: ['<rootDir>/tools/hosts/spec'],
	testMatch: ['**/*.spec.ts'],
	setupFilesAfterEnv: [
		...everyTest.setupFilesAfterEnv,
		'<rootDir>/tools/hosts/spec/olderEngine.ts',
	],
	transformIgnorePatterns: everyTest.transformIgnorePatterns.map((pattern) =>
		pattern.replace('(jose|', '(p-retry|is-network-error|jose|'),
	),
	moduleNameMapper: {
		...everyTest.moduleNameMapper,
		'^n8n-core$': join(host, 'n8n-core'),
		'^n8n-workflow$': join(host, 'n8n-workflow'),
	},
};
