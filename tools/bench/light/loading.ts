import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';

export interface LoadingCost {
	milliseconds: number;
	heapMegabytes: number;
	/** Modules of run-time dependencies that were loaded with it; none is wanted. */
	heavyModules: number;
	/** Our own modules that were loaded with it: description, credentials and the tables they read. */
	ownModules: string[];
}

/** Reads node and credentials as n8n does at its start; n8n-workflow is there already. */
const PROBE = `
	require('n8n-workflow');
	const paths = JSON.parse(process.argv[1]);
	global.gc();
	const heap = process.memoryUsage().heapUsed;
	const start = performance.now();
	for (const path of paths) { const loaded = require(path); for (const type of Object.values(loaded)) new type(); }
	const milliseconds = performance.now() - start;
	global.gc();
	console.log(JSON.stringify({
		milliseconds,
		heapMegabytes: (process.memoryUsage().heapUsed - heap) / 1024 ** 2,
		heavyModules: Object.keys(require.cache).filter((name) => /msal|microsoft-graph-client|markdown-it/.test(name)).length,
		ownModules: Object.keys(require.cache).filter((name) => /[\\\\/]dist[\\\\/]/.test(name) && !/node_modules/.test(name)),
	}));
`;

const PATHS = [
	'dist/nodes/SendOutlookMail/SendOutlookMail.node.js',
	'dist/credentials/RoboMqOutlookOAuth2Api.credentials.js',
	'dist/credentials/CustomerOutlookOAuth2Api.credentials.js',
].map((path) => join(PACKAGE_FOLDER, path));

/** Each time in a fresh process; the middle one by time. */
export function measureLoading(rounds = 9): LoadingCost {
	const costs = Array.from(
		{ length: rounds },
		() =>
			JSON.parse(
				execFileSync(process.execPath, ['--expose-gc', '-e', PROBE, JSON.stringify(PATHS)], {
					cwd: PACKAGE_FOLDER,
					encoding: 'utf8',
				}),
			) as LoadingCost,
	).sort((a, b) => a.milliseconds - b.milliseconds);
	return costs[Math.floor(rounds / 2)]!;
}
