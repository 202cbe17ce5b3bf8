import type { Locator, Page } from 'playwright-core';
import type { Editor } from './editor';

/** The dialog in which a designer fills in and connects one credential. */
export class CredentialDialog {
	private constructor(private readonly page: Page) {}

	/** Chooses the credential by its name in the list that n8n offers. */
	static async create({ page, origin }: Editor, type: string): Promise<CredentialDialog> {
		await page.goto(`${origin}/home/credentials/create`);
		await page.getByPlaceholder('Search for app...').fill('outlook');
		await page.getByText(type, { exact: true }).click();
		await page.getByRole('button', { name: 'Continue' }).click();
		const dialog = new CredentialDialog(page);
		await dialog.frame.getByText('Enterprise plan users').waitFor();
		return dialog;
	}

	get frame(): Locator {
		return this.page.getByTestId('editCredential-modal').locator('visible=true').first();
	}

	async rename(name: string): Promise<void> {
		await this.frame.getByTestId('inline-edit-preview').click();
		await this.frame.getByTestId('inline-edit-input').fill(name);
		await this.page.keyboard.press('Enter');
	}

	field(name: string): Locator {
		return this.frame.getByTestId(`parameter-input-${name}`);
	}

	async fill(fields: Readonly<Record<string, string>>): Promise<void> {
		for (const [name, value] of Object.entries(fields))
			await this.field(name).locator('input, textarea').first().fill(value);
	}

	async choose(name: string, option: string): Promise<void> {
		await this.field(name).click();
		await this.page.getByRole('option', { name: option }).locator('visible=true').click();
	}

	/** @returns the window with the sign-in */
	async connect(): Promise<Page> {
		const popup = this.page.waitForEvent('popup');
		await this.pressConnect();
		return await popup;
	}

	async pressConnect(): Promise<void> {
		await this.frame.getByTestId('quick-connect-button').click();
	}

	async requireConnected(): Promise<void> {
		await this.frame.getByText('Account connected').locator('visible=true').waitFor();
	}

	/** The small message in n8n's corner. */
	get notification(): Locator {
		return this.page.getByRole('alert').locator('visible=true');
	}

	async close(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.frame.waitFor({ state: 'hidden' });
	}
}
