import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readOptions, runCommand } from '../kit/commandLine';
import { PACKAGE_FOLDER } from '../kit/folders';
import { Obstacle } from '../kit/obstacle';
import { run } from '../kit/processes';
import { built } from './built';
import { writeOutputSchemas } from './outputSchemas';
import { readPages } from './pages';

const USAGE = `npm run docs:build [-- options]

Writes the generated parts of the pages anew, and n8n's schemas of what the node outputs.

  --faults    plays every fault first, and writes docs/fault-matrix.md from what happened
  --help      this text`;

/** The page of faults is written by the test that plays them. */
async function playFaults(): Promise<void> {
	const { status } = await run({
		command: process.execPath,
		arguments: [
			join(PACKAGE_FOLDER, 'node_modules', 'jest', 'bin', 'jest.js'),
			...['test/engine/faultMatrix', '--silent'],
		],
		folder: PACKAGE_FOLDER,
		environment: { ...process.env, WRITE_DOCS: '1' },
		stdio: 'inherit',
	});
	if (status !== 0) throw new Obstacle(`The faults did not come out as expected (${status}).`);
}

void runCommand({
	name: 'The build of the pages',
	usage: USAGE,
	readArguments: (given) =>
		readOptions(given, USAGE, { faults: { type: 'boolean', default: false } }),
	run: async ({ faults }) => {
		if (faults) await playFaults();
		for (const page of await readPages()) {
			const text = await built(page);
			if (text === page.text) continue;
			await writeFile(join(PACKAGE_FOLDER, page.path), text);
			process.stdout.write(`written: ${page.path}\n`);
		}
		for (const path of await writeOutputSchemas()) process.stdout.write(`written: ${path}\n`);
		return 0;
	},
});
