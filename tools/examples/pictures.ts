import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, selectors, type Page } from '@playwright/test';
import { findChromium } from '../e2e/browser/chromium';
import { signInAsOwner } from '../e2e/editor/editor';
import { PACKAGE_FOLDER } from '../kit/folders';
import type { Ending } from '../kit/ending';
import { EXAMPLES, readExample } from '../n8n/examples';
import type { Stage } from '../n8n/stage';
import { saveWorkflow } from '../n8n/workflows';

export const EXAMPLE_PICTURES_FOLDER = join(PACKAGE_FOLDER, 'docs', 'images', 'examples');

/** What surrounds the nodes on a picture, in pixels of the page. */
const MARGIN = 24;

/** Nothing but the canvas: the buttons on it and the names of missing credentials say nothing. */
const CANVAS_ONLY = `
	[data-test-id="canvas-controls"], .vue-flow__minimap, .vue-flow__background,
	[data-test-id="execute-workflow-button"], [data-test-id="canvas-handle-plus-wrapper"],
	[data-test-id="canvas-handle-plus"], [data-test-id="node-creator-plus-button"],
	[class^="ͼ"]:empty { visibility: hidden !important; }`;

/** A picture of each example's canvas, at twice the resolution, cropped to its nodes. */
export async function takePictures({ n8n, session }: Stage, ending: Ending): Promise<void> {
	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.launch({
		executablePath: await findChromium(),
		args: ['--no-sandbox', '--disable-gpu'],
	});
	ending.then(async () => await browser.close());
	const context = await browser.newContext({
		viewport: { width: 1360, height: 820 },
		deviceScaleFactor: 2,
		colorScheme: 'light',
		reducedMotion: 'reduce',
	});
	const page = await context.newPage();
	await signInAsOwner({ page, origin: n8n.origin }, session.owner);
	await mkdir(EXAMPLE_PICTURES_FOLDER, { recursive: true });
	for (const name of EXAMPLES) {
		const example = await readExample(name);
		const { id } = await saveWorkflow(session, { ...example, name: `Picture: ${name}` });
		await page.goto(`${n8n.origin}/workflow/${id}`);
		await page.locator('.vue-flow__node').first().waitFor();
		await page.keyboard.press('1');
		await page.addStyleTag({ content: CANVAS_ONLY });
		await page.waitForTimeout(800);
		await page.screenshot({
			path: join(EXAMPLE_PICTURES_FOLDER, `${name}.png`),
			clip: await boxOfNodes(page),
			animations: 'disabled',
		});
	}
}

async function boxOfNodes(page: Page) {
	const boxes = await page.locator('.vue-flow__node').evaluateAll((nodes) =>
		nodes.map((node) => {
			const { left, top, right, bottom } = node.getBoundingClientRect();
			return { left, top, right, bottom };
		}),
	);
	const left = Math.min(...boxes.map(({ left }) => left)) - MARGIN;
	const top = Math.min(...boxes.map(({ top }) => top)) - MARGIN;
	// The name of a node is below its box.
	const bottom = Math.max(...boxes.map(({ bottom }) => bottom)) + 3 * MARGIN;
	const right = Math.max(...boxes.map(({ right }) => right)) + 2 * MARGIN;
	return { x: left, y: top, width: right - left, height: bottom - top };
}
