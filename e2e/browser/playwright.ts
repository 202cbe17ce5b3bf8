import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpm } from '../../demo/n8n/npm';
import { step } from '../../demo/progress';
import { E2E_FOLDER } from '../folders';

type Manifest = { version?: string; dependencies?: Record<string, string> };

const INSTALLED = join(E2E_FOLDER, 'node_modules', 'playwright-core', 'package.json');

/**
 * Installs the pinned playwright-core beside these files, unless it is there already.
 *
 * @throws {Obstacle} when npm fails
 */
export async function installPlaywright(): Promise<void> {
	const { dependencies } = await readManifest(join(E2E_FOLDER, 'package.json'));
	const pinned = dependencies?.['playwright-core'];
	if (existsSync(INSTALLED) && (await readManifest(INSTALLED)).version === pinned) return;
	await step('Installing playwright-core, once', async () => {
		await runNpm({
			arguments: ['ci', '--ignore-scripts'],
			folder: E2E_FOLDER,
			purpose: 'install playwright-core',
		});
	});
}

async function readManifest(path: string): Promise<Manifest> {
	return JSON.parse(await readFile(path, 'utf8')) as Manifest;
}
