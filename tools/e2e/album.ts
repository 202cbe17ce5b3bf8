import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { DOCS_IMAGES_FOLDER, SCREENSHOTS_FOLDER } from './folders';

/** Pictures that the docs show; each is the step of the same name. */
const DOCS_PICTURES: readonly string[] = [
	'node-in-editor',
	'credential-new',
	'credential-robomq',
	'credential-customer',
	'consent',
	'outbox',
	'ai-tool',
	'error-expired-secret',
];

/** n8n's fields for expressions leave an empty box each in the corner of the page. */
const WITHOUT_EMPTY_BOXES = '[class^="ͼ"]:empty { visibility: hidden; }';

/** A numbered picture of every step, in the order in which a person sees them. */
export class Album {
	private readonly pictures: Array<{ name: string; path: string }> = [];

	static async empty(): Promise<Album> {
		await rm(SCREENSHOTS_FOLDER, { recursive: true, force: true });
		await mkdir(SCREENSHOTS_FOLDER, { recursive: true });
		return new Album();
	}

	/** @returns where the picture lies */
	async keep(seen: Page | Locator, name: string): Promise<string> {
		const number = String(this.pictures.length + 1).padStart(2, '0');
		const path = join(SCREENSHOTS_FOLDER, `${number}-${name}.png`);
		// Under the pointer n8n shows tools that a reader of the picture did not ask for.
		if ('mouse' in seen) await seen.mouse.move(0, 0);
		await seen.screenshot({
			path,
			animations: 'disabled',
			caret: 'hide',
			style: WITHOUT_EMPTY_BOXES,
		});
		this.pictures.push({ name, path });
		return path;
	}

	/** The pictures that the docs want and this run did not take. */
	get missing(): string[] {
		return DOCS_PICTURES.filter((wanted) => this.pathOf(wanted) === undefined);
	}

	async copyToDocs(): Promise<void> {
		await mkdir(DOCS_IMAGES_FOLDER, { recursive: true });
		for (const wanted of DOCS_PICTURES) {
			const path = this.pathOf(wanted);
			if (path) await copyFile(path, join(DOCS_IMAGES_FOLDER, `${wanted}.png`));
		}
	}

	private pathOf(wanted: string): string | undefined {
		return this.pictures.find(({ name }) => name === wanted)?.path;
	}
}
