import { join } from 'node:path';
import { PACKAGE_FOLDER, TOOLS_FOLDER } from '../kit/folders';

/** A picture of every step of the last run. */
export const SCREENSHOTS_FOLDER = join(TOOLS_FOLDER, 'e2e', 'screenshots');

/** The pictures that the docs show. */
export const DOCS_IMAGES_FOLDER = join(PACKAGE_FOLDER, 'docs', 'images');
