import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';
import type { Fault, Page } from '../pages';

/** Where n8n's *Docs* links lead. */
const PUBLISHED =
	/https:\/\/github\.com\/robomq\/n8n-nodes-robomq-outlook\/blob\/main\/([\w./-]+)(?:#([\w-]+))?/g;

/** The links to our pages that stand in the node and its credentials. */
export async function checkLinksFromCode(pages: readonly Page[]): Promise<Fault[]> {
	const faults = await Promise.all(
		['nodes', 'credentials'].map(async (folder) => {
			const entries = await readdir(join(PACKAGE_FOLDER, folder), { recursive: true });
			const sources = entries.filter((name) => /\.(?:ts|json)$/.test(name));
			return await Promise.all(
				sources.map(async (name) => {
					const path = `${folder}/${name}`;
					return faultsOf(path, await readFile(join(PACKAGE_FOLDER, path), 'utf8'), pages);
				}),
			);
		}),
	);
	return faults.flat(2);
}

export function faultsOf(source: string, code: string, pages: readonly Page[]): Fault[] {
	return [...code.matchAll(PUBLISHED)].flatMap(([url, path, anchor]) => {
		const page = pages.find((candidate) => candidate.path === path);
		const found = page && (anchor === undefined || page.anchors.includes(anchor));
		return found ? [] : [{ page: source, text: `the link leads nowhere: ${url}` }];
	});
}
