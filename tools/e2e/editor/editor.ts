import type { BrowserContext, Page } from '@playwright/test';
import type { Owner } from '../../n8n/owner';

/** n8n's editor in one tab of the browser. */
export interface Editor {
	readonly origin: string;
	readonly page: Page;
}

export async function openEditor(context: BrowserContext, origin: string): Promise<Editor> {
	const [page = await context.newPage()] = context.pages();
	return { origin, page };
}

export async function signInAsOwner({ page, origin }: Editor, owner: Owner): Promise<void> {
	await page.goto(`${origin}/signin`);
	await page.getByLabel('Email').fill(owner.email);
	await page.getByLabel('Password').fill(owner.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByTestId('main-sidebar-settings').waitFor();
}

/** Puts away n8n's small messages, which would cover a part of the picture. */
export async function closeMessages({ page }: Editor): Promise<void> {
	const close = page.locator('.el-notification__closeBtn').locator('visible=true');
	while ((await close.count()) > 0) {
		const message = close.first();
		await message.click();
		await page.locator('.el-notification-fade-leave-active').waitFor({ state: 'detached' });
	}
}
