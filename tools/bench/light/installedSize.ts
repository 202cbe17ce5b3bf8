import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { installCommunityPackage, packPackage } from '../../n8n/packagedNode';
import { passingUserFolder } from '../../n8n/userFolder';

export interface InstalledPackage {
	name: string;
	bytes: number;
}

/** What n8n's own way of installing the package puts on the disk, largest first. */
export async function measureInstalledSize(): Promise<InstalledPackage[]> {
	const folder = await passingUserFolder();
	try {
		await installCommunityPackage(folder.path, await packPackage(join(folder.path, 'packed')));
		const packages: InstalledPackage[] = [];
		await collect(join(folder.path, '.n8n', 'nodes', 'node_modules'), packages);
		return packages.sort((a, b) => b.bytes - a.bytes);
	} finally {
		await folder.release();
	}
}

/** Packages of a `node_modules`, those within them counted on their own. */
async function collect(nodeModules: string, packages: InstalledPackage[]): Promise<void> {
	for (const entry of await readdir(nodeModules, { withFileTypes: true })) {
		if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
		const path = join(nodeModules, entry.name);
		if (entry.name.startsWith('@')) await collect(path, packages);
		else packages.push({ name: nameOf(path), bytes: await sizeOf(path, packages) });
	}
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf('node_modules') + 'node_modules/'.length);
}

async function sizeOf(folder: string, packages: InstalledPackage[]): Promise<number> {
	let bytes = 0;
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (!entry.isDirectory()) bytes += (await lstat(path)).size;
		else if (entry.name === 'node_modules') await collect(path, packages);
		else bytes += await sizeOf(path, packages);
	}
	return bytes;
}
