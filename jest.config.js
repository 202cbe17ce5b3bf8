/** These publish ES modules only, which jest loads as CommonJS after the transform. */
const ES_MODULES = `
	jose nock @mswjs @open-draft outvariant strict-event-emitter is-node-process rettime until-async
	github-slugger
	execa @sindresorhus @sec-ant figures get-stream human-signals is-plain-obj is-stream
	is-unicode-supported npm-run-path parse-ms path-key pretty-ms strip-final-newline unicorn-magic
	yoctocolors
`
	.trim()
	.split(/\s+/);

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	reporters: ['default', '<rootDir>/tools/kit/countReporter.cjs'],
	// On every core: jest leaves one idle by itself.
	maxWorkers: '100%',
	// Generous, for machines that do other things beside: nothing here waits for time to pass.
	testTimeout: 60_000,
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	setupFiles: ['<rootDir>/test/quiet.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/setup.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/tools/.*/node_modules'],
	// swc only strips types; `npm run lint` is what checks them.
	transform: {
		'^.+\\.(t|j|mj)s$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
	},
	// It has an entry for `import` only.
	moduleNameMapper: { '^unicorn-magic$': '<rootDir>/node_modules/unicorn-magic/node.js' },
	transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
};
