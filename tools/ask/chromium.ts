import type { Browser } from '@playwright/test';
import { findChromium } from '../e2e/browser/chromium';

export async function launchChromium(): Promise<Browser> {
	const { chromium } = await import('@playwright/test');
	return await chromium.launch({
		executablePath: await findChromium(),
		args: ['--no-sandbox', '--disable-gpu'],
	});
}
