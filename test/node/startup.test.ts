import { execFileSync } from 'node:child_process';
import { join, relative, sep } from 'node:path';

const NODES = join(__dirname, '..', '..', 'nodes', 'SendOutlookMail');

/** Reads node and credentials as n8n does at its start, in a process of its own. */
const PROBE = `
	require('tsx/cjs');
	const before = new Set(Object.keys(require.cache));
	const { SendOutlookMail } = require('./nodes/SendOutlookMail/SendOutlookMail.node.ts');
	new SendOutlookMail();
	for (const name of ['RoboMqOutlookOAuth2Api', 'CustomerOutlookOAuth2Api']) {
		new (require('./credentials/' + name + '.credentials.ts')[name])();
	}
	console.log(JSON.stringify(Object.keys(require.cache).filter((name) => !before.has(name))));
`;

test('at its start n8n loads descriptions, credentials and the tables that they read, nothing else', () => {
	const loaded = JSON.parse(
		execFileSync(process.execPath, ['-e', PROBE], {
			encoding: 'utf8',
			cwd: join(NODES, '..', '..'),
		}),
	) as string[];
	const folders = loaded
		.map((path) => relative(NODES, path.replace(/\?.*$/, '')))
		.filter((path) => !path.startsWith('..') && path.includes(sep))
		.map((path) => path.split(sep)[0]!);
	expect(folders.filter((folder) => !['account', 'description', 'mail'].includes(folder))).toEqual(
		[],
	);
	expect(loaded.filter((path) => /msal|microsoft-graph-client|markdown-it/.test(path))).toEqual([]);
	expect(folders).toContain('description');
});
