import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, selectors, type BrowserContext } from '@playwright/test';

/** As wide as the docs show it. */
export const VIEWPORT = { width: 1360, height: 820 };

/** The slowest single answer of an editor on a busy machine, in milliseconds. */
const PATIENCE = 45_000;

const SWITCHES = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--hide-scrollbars',
];

export interface OpenBrowser {
	context: BrowserContext;
	close(): Promise<void>;
}

/** A browser that nobody has used before. */
export async function openBrowser(program: string): Promise<OpenBrowser> {
	selectors.setTestIdAttribute('data-test-id');
	const profile = await mkdtemp(join(tmpdir(), 'n8n-e2e-browser-'));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: program,
		headless: true,
		args: SWITCHES,
		viewport: VIEWPORT,
		// Pictures of the docs are for screens of today.
		deviceScaleFactor: 2,
		colorScheme: 'light',
		reducedMotion: 'reduce',
		locale: 'en-GB',
		// The person who started the run closes the browser, after Ctrl+C too.
		handleSIGHUP: false,
		handleSIGINT: false,
		handleSIGTERM: false,
	});
	context.setDefaultTimeout(PATIENCE);
	return {
		context,
		close: async () => {
			await context.close();
			await rm(profile, { recursive: true, force: true });
		},
	};
}
