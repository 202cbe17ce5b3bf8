import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { installPackages, mayInstall } from '../kit/debianPackages';
import { findProgram } from '../kit/programs';
import { run } from '../kit/processes';
import { DOCS_IMAGES_FOLDER } from './folders';

const PROGRAM = 'pngquant';

/** Makes a picture one of the docs, with at most 256 colors where pngquant can be had: a third of the size. */
export async function copyToDocs(path: string): Promise<void> {
	await mkdir(DOCS_IMAGES_FOLDER, { recursive: true });
	const target = join(DOCS_IMAGES_FOLDER, basename(path));
	const program = await findPngquant();
	if (program === undefined) return await copyFile(path, target);
	const { status, messages } = await run({
		command: program,
		arguments: ['--force', '--strip', '--speed', '1', '--output', target, path],
		folder: DOCS_IMAGES_FOLDER,
	});
	if (status !== 0) throw new Error(`pngquant: ${messages}`);
}

async function findPngquant(): Promise<string | undefined> {
	const found = findProgram([PROGRAM]);
	if (found ?? !mayInstall()) return found;
	await installPackages(PROGRAM, [PROGRAM], 'some seconds');
	return findProgram([PROGRAM]);
}
