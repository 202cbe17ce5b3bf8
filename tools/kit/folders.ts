import { join, resolve } from 'node:path';

export const PACKAGE_FOLDER = resolve(__dirname, '..', '..');
export const EXAMPLES_FOLDER = join(PACKAGE_FOLDER, 'examples');

/** The people and files of the examples. */
export const EXAMPLE_DATA_FOLDER = join(EXAMPLES_FOLDER, 'data');
export const TOOLS_FOLDER = join(PACKAGE_FOLDER, 'tools');

/** Holds the pinned n8n: its package.json, lock file and node_modules. */
export const N8N_INSTALLATION = join(TOOLS_FOLDER, 'n8n', 'pinned');

/** Database, settings and log of the n8n that a person plays with. */
export const USER_FOLDER = join(PACKAGE_FOLDER, '.n8n-demo');
