/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// Generous, for machines that do other things beside: nothing here waits for time to pass.
	testTimeout: 60_000,
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/network.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/tools/.*/node_modules'],
	// swc only strips types; `npm run typecheck` is what checks them.
	transform: {
		'^.+\\.(t|j|mj)s$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
	},
	// These publish ES modules only, which jest loads as CommonJS after the transform.
	transformIgnorePatterns: [
		'/node_modules/(?!(jose|nock|@mswjs|@open-draft|outvariant|strict-event-emitter|is-node-process|rettime|until-async)/)',
	],
};
