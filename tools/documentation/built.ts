import { join } from 'node:path';
import { format, getFileInfo, resolveConfig } from 'prettier';
import { PACKAGE_FOLDER } from '../kit/folders';
import { withSections } from './generated/sections';
import type { Page } from './pages';

const IGNORED = join(PACKAGE_FOLDER, '.prettierignore');

/**
 * A page as it should stand in the project: generated parts fresh, and in Prettier's form, unless
 * the page is one that another command writes as a whole.
 */
export async function built({ path, text }: Pick<Page, 'path' | 'text'>): Promise<string> {
	const filepath = join(PACKAGE_FOLDER, path);
	const { ignored } = await getFileInfo(filepath, { ignorePath: IGNORED });
	const written = withSections(text);
	if (ignored) return written;
	return await format(written, { ...(await resolveConfig(filepath)), filepath });
}
