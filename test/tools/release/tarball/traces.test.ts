import { tracesIn } from '#tools/release/tarball/traces';

const place = { folders: ['/srv/build/project'], registryHosts: ['packages.internal.example'] };

describe('traces of the machine in a published file', () => {
	it.each([
		['its own folder', 'sources: ["/srv/build/project/nodes/a.ts"]', 'a folder'],
		['a home folder', 'at /home/jane/project', 'a home folder'],
		['a home folder of macOS', '"/Users/jane/project"', 'a home folder'],
		['a home folder of Windows', String.raw`C:\Users\jane`, 'a home folder'],
		['its registry', 'https://packages.internal.example/a.tgz', 'a registry host'],
		['any registry', '"resolved": "https://registry.mirror.example/a"', 'a registry host'],
		['an alias', 'require("#node/mail/mail")', 'an import that only works in the project'],
		['an alias of types', "import('#sandbox/x')", 'an import that only works in the project'],
		['a token', '//packages.example/:_authToken=abc', 'a registry token'],
	])('%s', (_name, text, trace) => {
		expect(tracesIn(text, place)).toEqual([trace]);
	});

	it.each([
		'https://learn.microsoft.com/graph/users/home/overview',
		'the app registration under Users and groups',
		"require('./home/page')",
		'GET /v1.0/users/jane/sendMail',
		'dist/home/index.js',
		"href='#link-your-account'",
	])('none in %s', (text) => {
		expect(tracesIn(text, place)).toEqual([]);
	});
});
