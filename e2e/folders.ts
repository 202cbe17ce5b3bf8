import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../demo/folders';

export const E2E_FOLDER = __dirname;

/** A picture of every step of the last run. */
export const SCREENSHOTS_FOLDER = join(E2E_FOLDER, 'screenshots');

/** The pictures that the docs show. */
export const DOCS_IMAGES_FOLDER = join(PACKAGE_FOLDER, 'docs', 'images');
