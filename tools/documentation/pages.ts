import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../kit/folders';
import { readMarkdown, type Markdown } from './markdown';

export interface Page extends Markdown {
	/** From the project's folder, with slashes: `docs/designer.md`. */
	path: string;
	text: string;
}

const AT_THE_TOP = [
	...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
	'examples/README.md',
];

/** Every page that a reader of the project may open. */
export async function readPages(): Promise<Page[]> {
	const docs = (await readdir(join(PACKAGE_FOLDER, 'docs'), { recursive: true }))
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name.replaceAll('\\', '/')}`);
	return await Promise.all(
		[...AT_THE_TOP, ...docs].map(async (path) => {
			const text = await readFile(join(PACKAGE_FOLDER, path), 'utf8');
			return { path, text, ...readMarkdown(text) };
		}),
	);
}

/** One thing that is the matter with a page. */
export interface Fault {
	page: string;
	/** Counted from 1; none when the whole page is concerned. */
	line?: number;
	/** What is the matter, and with what. */
	text: string;
}
