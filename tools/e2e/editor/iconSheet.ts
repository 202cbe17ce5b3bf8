import type { BrowserContext } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';

/** Where n8n shows an icon, in pixels: tabs and lists, the nodes panel, the node's details. */
const SIZES = [16, 24, 40];

/** n8n's grounds behind each icon: a list, a node on the canvas. */
const GROUNDS: Readonly<Record<string, readonly string[]>> = {
	'outlook.svg': ['#ffffff', '#f5f5f5'],
	'outlook.dark.svg': ['#262626', '#414244'],
};

/** A page with both icons, as small as n8n shows them. */
export async function iconSheet(): Promise<string> {
	const rows = Object.entries(GROUNDS).map(async ([file, grounds]) => {
		const icon = await readFile(join(PACKAGE_FOLDER, 'icons', file), 'base64');
		const images = SIZES.map(
			(size) =>
				`<img src="data:image/svg+xml;base64,${icon}" width="${size}" height="${size}" alt="">`,
		).join('');
		return grounds.map((ground) => `<p style="background:${ground}">${images}</p>`).join('');
	});
	const style = 'p{display:flex;gap:16px;align-items:center;margin:0;padding:8px;width:160px}';
	return `<style>main{width:max-content}body{margin:0}${style}</style><main>${(await Promise.all(rows)).join('')}</main>`;
}

/** The icon as a PNG image, in base64. */
export async function iconImage(context: BrowserContext): Promise<string> {
	const icon = await readFile(join(PACKAGE_FOLDER, 'icons', 'outlook.svg'), 'base64');
	const page = await context.newPage();
	await page.setContent(
		`<img src="data:image/svg+xml;base64,${icon}" width="96" height="96" alt="">`,
	);
	const image = await page.locator('img').screenshot({ omitBackground: true, scale: 'css' });
	await page.close();
	return image.toString('base64');
}
