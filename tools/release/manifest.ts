import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../kit/folders';

/** What a release reads of package.json. */
export interface Manifest {
	name: string;
	version: string;
	engines: { node: string };
	n8n: { nodes: string[]; credentials: string[] };
	dependencies: Record<string, string>;
	devDependencies: Record<string, string>;
}

export async function readManifest(): Promise<Manifest> {
	return JSON.parse(await readFile(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as Manifest;
}
