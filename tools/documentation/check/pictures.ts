import { readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';
import type { Fault, Page } from '../pages';

const FOLDER = 'docs/images';

/** How README names them, for npm's page. */
const ON_MAIN = 'https://raw.githubusercontent.com/robomq/n8n-nodes-robomq-outlook/main/';

/** In bytes. */
const LARGEST = 200 * 1024;

export interface Picture {
	/** From the project's folder, with slashes. */
	path: string;
	/** In bytes. */
	size: number;
}

export async function readPictures(): Promise<Picture[]> {
	const names = await readdir(join(PACKAGE_FOLDER, FOLDER), { recursive: true });
	return await Promise.all(
		names
			.filter((name) => /\.(?:png|svg|gif|jpe?g)$/.test(name))
			.map(async (name) => {
				const path = `${FOLDER}/${name.replaceAll('\\', '/')}`;
				return { path, size: (await stat(join(PACKAGE_FOLDER, path))).size };
			}),
	);
}

/** Every picture is on a page, every one that a page shows is there, and none is large. */
export function checkPictures(pages: readonly Page[], pictures: readonly Picture[]): Fault[] {
	const shown = pages.flatMap(({ path: page, links }) =>
		links.map(({ target, line }) => ({ page, line, path: pathOf(target, page) })),
	);
	const known = new Set(pictures.map(({ path }) => path));
	return [
		...shown
			.filter(({ path }) => path.startsWith(`${FOLDER}/`) && !known.has(path))
			.map(({ page, line, path }) => ({ page, line, text: `there is no picture ${path}` })),
		...pictures
			.filter(({ path }) => !shown.some((one) => one.path === path))
			.map(({ path }) => ({ page: path, text: 'no page shows it' })),
		...pictures
			.filter(({ size }) => size > LARGEST)
			.map(({ path, size }) => ({ page: path, text: `has ${Math.round(size / 1024)} KB` })),
	];
}

function pathOf(target: string, page: string): string {
	if (target.startsWith(ON_MAIN)) return target.slice(ON_MAIN.length);
	return posix.normalize(posix.join(posix.dirname(page), target));
}
