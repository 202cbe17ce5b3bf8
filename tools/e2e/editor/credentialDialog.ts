import type { Locator, Page } from '@playwright/test';
import type { Album, DocsPicture } from '../album';
import { beginningWith } from './beginningWith';
import type { Editor } from './editor';

/** Of the dialog, what is above and below the fields, in pixels. */
const HEAD_AND_FOOT = 165;

/** The dialog in which a designer fills in and connects one credential. */
export class CredentialDialog {
	private readonly entered = new Map<string, string>();

	private constructor(private readonly page: Page) {}

	/** Chooses the credential by its name in the list that n8n offers. */
	static async create({ page, origin }: Editor, type: string): Promise<CredentialDialog> {
		await page.goto(`${origin}/home/credentials/create`);
		await page.getByPlaceholder('Search for app...').fill('outlook');
		await page.getByText(type, { exact: true }).click();
		await page.getByRole('button', { name: 'Continue' }).click();
		return await CredentialDialog.opened(page);
	}

	static async opened(page: Page): Promise<CredentialDialog> {
		const dialog = new CredentialDialog(page);
		await dialog.frame.getByText('Enterprise plan users').waitFor();
		return dialog;
	}

	get frame(): Locator {
		return this.page.getByTestId('editCredential-modal').locator('visible=true').first();
	}

	/** n8n's dialog scrolls; for a picture it is as tall as all that it holds. */
	async pictureWhole(album: Album, name: DocsPicture): Promise<void> {
		const before = this.page.viewportSize()!;
		await this.page.setViewportSize({ ...before, height: 2000 });
		const content = await this.frame.getByTestId('node-credentials-config-container').boundingBox();
		const height = Math.ceil(content!.height) + HEAD_AND_FOOT;
		await this.frame.evaluate((element, given) => {
			(element as unknown as { style: { cssText: string } }).style.cssText = given;
		}, `max-height: none; height: ${height}px`);
		await album.picture(name, this.page, [this.frame]);
		await this.frame.evaluate((element) => {
			(element as unknown as { style: { cssText: string } }).style.cssText = '';
		});
		await this.page.setViewportSize(before);
	}

	/** The list of the ways to connect, which a dialog has when a node opened it. */
	async openWays(): Promise<string[]> {
		await this.frame.getByTestId('credential-mode-dropdown-trigger').click();
		const ways = this.page.getByRole('menuitem').filter({ hasText: /\S/ });
		await ways.last().waitFor();
		return await ways.allInnerTexts();
	}

	/** Takes another of the ways; the list is open. */
	async take(way: string): Promise<void> {
		await this.page.getByRole('menuitem', { name: beginningWith(way) }).click();
		const chosen = this.frame.getByTestId('credential-mode-dropdown-trigger');
		await chosen.filter({ hasText: way }).waitFor();
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
		for (const [name, value] of Object.entries(fields)) {
			const field = this.field(name).locator('input, textarea').first();
			await field.fill(value);
			await field.blur();
			this.entered.set(name, value);
		}
	}

	/**
	 * Saves until n8n has sent all that was entered. It takes a field over a moment after the last
	 * key, so that a script is quick enough to save without it; the button then stays on offer.
	 */
	async save(): Promise<void> {
		let sent: Record<string, unknown>;
		do {
			const request = this.page.waitForRequest(
				(candidate) =>
					candidate.url().includes('/rest/credentials') &&
					['POST', 'PATCH'].includes(candidate.method()),
			);
			await this.frame.getByTestId('credential-save-button').getByText('Save').click();
			const saving = await request;
			await saving.response();
			sent = (saving.postDataJSON() as { data: Record<string, unknown> }).data;
		} while ([...this.entered].some(([name, value]) => !hasSent(sent[name], value)));
	}

	async choose(name: string, option: string): Promise<void> {
		await this.field(name).click();
		await this.offered(option).click();
	}

	private offered(option: string): Locator {
		return this.page.getByRole('option', { name: beginningWith(option) }).locator('visible=true');
	}

	/** What the open list offers: each name with its description. */
	async options(): Promise<string[]> {
		const options = this.page.getByRole('option').locator('visible=true');
		await options.first().waitFor();
		return (await options.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
	}

	/** Ticks options of a list that takes several, and closes it again. */
	async tick(name: string, ...options: readonly string[]): Promise<void> {
		await this.field(name).click();
		for (const option of options) await this.offered(option).click();
		await this.page.keyboard.press('Tab');
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

	/** What n8n's message says when it does not start the sign-in. */
	async refusal(): Promise<string> {
		const message = this.page.getByRole('alert').filter({ hasText: 'OAuth Authorization Error' });
		return (await message.first().innerText()).replace(/\s+/g, ' ');
	}
}

/** Secrets that n8n has already are sent as a word that stands for them. */
function hasSent(sent: unknown, entered: string): boolean {
	return sent === entered || (typeof sent === 'string' && sent.startsWith('__n8n_BLANK_VALUE_'));
}
