import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { copyToDocs } from './docsImages';
import { SCREENSHOTS_FOLDER } from './folders';

/** The pictures that this walk takes for README and docs. */
const DOCS_PICTURES = [
	'agent-review',
	'ai-tool',
	'connect',
	'consent',
	'credential-customer',
	'error',
	'node',
	'onboarding',
	'outbox',
	'preview',
] as const;

export type DocsPicture = (typeof DOCS_PICTURES)[number];

/** n8n's fields for expressions leave an empty box each in the corner of the page. */
const WITHOUT_EMPTY_BOXES = '[class^="ͼ"]:empty { visibility: hidden; }';

/** The canvas without the buttons on it. */
const WITHOUT_CONTROLS = `${WITHOUT_EMPTY_BOXES}
[data-test-id="canvas-controls"], [data-test-id="execute-workflow-button"],
[class*="_nodeButtonsWrapper_"] { visibility: hidden !important; }`;

const AS_SEEN = { animations: 'disabled', caret: 'hide', style: WITHOUT_EMPTY_BOXES } as const;

/** A numbered picture of every step, in the order in which a person sees them, and those of the docs. */
export class Album {
	private steps = 0;

	private readonly taken = new Map<DocsPicture, string>();

	static async empty(): Promise<Album> {
		await rm(SCREENSHOTS_FOLDER, { recursive: true, force: true });
		await mkdir(SCREENSHOTS_FOLDER, { recursive: true });
		return new Album();
	}

	/** @returns where the picture lies */
	async keep(seen: Page | Locator, name: string): Promise<string> {
		this.steps += 1;
		const path = join(SCREENSHOTS_FOLDER, `${String(this.steps).padStart(2, '0')}-${name}.png`);
		// Under the pointer n8n shows tools that a reader of the picture did not ask for.
		if ('mouse' in seen) await seen.mouse.move(0, 0);
		await seen.screenshot({ ...AS_SEEN, path, scale: 'css' });
		return path;
	}

	/** A picture for the docs: at twice the resolution, no more than what holds these parts of the page. */
	async picture(
		name: DocsPicture,
		page: Page,
		parts: readonly Locator[],
		{ padding = 0, below = Infinity }: { padding?: number; below?: number } = {},
	): Promise<void> {
		const path = join(SCREENSHOTS_FOLDER, `${name}.png`);
		await page.mouse.move(0, 0);
		const clip = await frameAround(parts, padding);
		clip.height = Math.min(clip.height, below);
		await page.screenshot({ ...AS_SEEN, style: WITHOUT_CONTROLS, path, clip, scale: 'device' });
		this.taken.set(name, path);
	}

	/** The pictures that the docs want and this run did not take. */
	get missing(): string[] {
		return DOCS_PICTURES.filter((wanted) => !this.taken.has(wanted));
	}

	async copyToDocs(): Promise<void> {
		for (const path of this.taken.values()) await copyToDocs(path);
	}
}

/** The smallest rectangle that holds all of them. */
async function frameAround(parts: readonly Locator[], padding: number) {
	const found = await Promise.all(parts.map(async (part) => await part.all()));
	const boxes = (
		await Promise.all(found.flat().map(async (one) => await one.boundingBox()))
	).filter((box) => box !== null);
	if (boxes.length === 0) throw new Error('nothing of the picture is on the page');
	const left = Math.min(...boxes.map(({ x }) => x)) - padding;
	const top = Math.min(...boxes.map(({ y }) => y)) - padding;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + padding;
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + padding;
	return {
		x: Math.max(left, 0),
		y: Math.max(top, 0),
		width: right - Math.max(left, 0),
		height: bottom - Math.max(top, 0),
	};
}
