import { delimiter } from 'node:path';
import { nodeCandidates, nodesToTry } from '#tools/release/tarball/nodesOnPath';

const node = (version: string) => ({ path: `/node-${version}`, version });

describe('the Node.js versions under which the tarball is loaded', () => {
	it.each([
		['only this one where there is no other', [], ['24.21.0']],
		['the oldest that is supported too', ['22.1.0', '20.19.4', '18.20.0'], ['24.21.0', '20.19.4']],
		['none that is too old', ['20.18.3', '18.20.0'], ['24.21.0']],
		['the very least', ['20.19.0'], ['24.21.0', '20.19.0']],
		['no second one of the same major version', ['24.1.0'], ['24.21.0']],
	])('%s', (_claim, others, expected) => {
		const tried = nodesToTry(node('24.21.0'), others.map(node), '>=20.19');
		expect(tried.map(({ version }) => version)).toEqual(expected);
	});

	it('looks in every folder of the PATH', () => {
		const path = ['/a', '', '/b'].join(delimiter);
		expect(nodeCandidates(path, 'linux')).toEqual(['/a/node', '/b/node']);
	});
});
