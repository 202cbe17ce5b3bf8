import type { BrowserContext, Page } from 'playwright-core';
import { OWNER } from '../../demo/n8n/editorSession';

/** n8n's editor in one tab of the browser. */
export interface Editor {
	readonly origin: string;
	readonly page: Page;
}

export async function openEditor(context: BrowserContext, origin: string): Promise<Editor> {
	const [page = await context.newPage()] = context.pages();
	return { origin, page };
}

export async function signInAsOwner({ page, origin }: Editor): Promise<void> {
	await page.goto(`${origin}/signin`);
	await page.getByLabel('Email').fill(OWNER.email);
	await page.getByLabel('Password').fill(OWNER.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByTestId('main-sidebar-settings').waitFor();
}
