import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';
import type { Fault, Page } from '../pages';

/** From where a page names files: the project, or the node's own folder. */
const ROOTS = ['', 'nodes/SendOutlookMail'];

/** A file or folder as the pages and their diagrams write it: `mail/options.ts`, `tools/kit/`. */
const NAMED = /[`">]((?:[\w.-]+\/)+(?:[\w.-]+\.(?:ts|mjs|cjs|json))?)(?=[`"<])/g;

/** Every file and folder that CONTRIBUTING names is there. */
export function checkFiles(
	pages: readonly Page[],
	exists = (path: string) => existsSync(join(PACKAGE_FOLDER, path)),
): Fault[] {
	return pages
		.filter(({ path }) => path === 'CONTRIBUTING.md')
		.flatMap(({ path: page, text }) =>
			text.split('\n').flatMap((content, index) =>
				[...content.matchAll(NAMED)]
					.map(([, named = '']) => named)
					.filter((named) => !ROOTS.some((root) => exists(join(root, named))))
					.map((named) => ({ page, line: index + 1, text: `there is no ${named}` })),
			),
		);
}
