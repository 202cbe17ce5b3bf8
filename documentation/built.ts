import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { PACKAGE_FOLDER } from '../demo/folders';
import { withSections } from './generated/sections';
import type { Page } from './pages';

/** A page as it should stand in the project: generated parts fresh, and in Prettier's form. */
export async function built({ path, text }: Pick<Page, 'path' | 'text'>): Promise<string> {
	const filepath = join(PACKAGE_FOLDER, path);
	return await format(withSections(text), { ...(await resolveConfig(filepath)), filepath });
}
