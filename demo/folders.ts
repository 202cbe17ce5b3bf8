import { join, resolve } from 'node:path';

export const PACKAGE_FOLDER = resolve(__dirname, '..');
export const EXAMPLES_FOLDER = join(PACKAGE_FOLDER, 'examples');

/** Holds the pinned n8n: its package.json, lock file and node_modules. */
export const N8N_INSTALLATION = __dirname;

/** Database, settings and log of the n8n that a person plays with. */
export const USER_FOLDER = join(__dirname, '.n8n-demo');
