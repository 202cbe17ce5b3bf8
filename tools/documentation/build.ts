import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../kit/folders';
import { built } from './built';
import { readPages } from './pages';

/** `npm run docs:build`: writes the generated parts of the pages anew. */
async function main(): Promise<void> {
	for (const page of await readPages()) {
		const text = await built(page);
		if (text === page.text) continue;
		await writeFile(join(PACKAGE_FOLDER, page.path), text);
		process.stdout.write(`written: ${page.path}\n`);
	}
}

void main();
