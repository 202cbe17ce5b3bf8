import type { Locator, Page } from 'playwright-core';

/** An open node: its input, its parameters, its output. */
export class NodeView {
	constructor(private readonly page: Page) {}

	parameter(name: string): Locator {
		return this.page.getByTestId(`parameter-input-${name}`);
	}

	get output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	get credential(): Locator {
		return this.page.getByTestId('node-credentials-select');
	}

	async chooseCredential(name: string): Promise<void> {
		await this.credential.click();
		await this.page
			.getByTestId('node-credentials-select-item')
			.filter({ hasText: name })
			.locator('visible=true')
			.first()
			.click();
	}

	async fill(fields: Readonly<Record<string, string>>): Promise<void> {
		for (const [name, value] of Object.entries(fields)) {
			const field = this.parameter(name).locator('input, textarea').first();
			await field.fill(value);
			// n8n takes a value over when its field is left.
			await field.blur();
		}
	}

	async choose(name: string, option: string): Promise<void> {
		await this.parameter(name).click();
		await this.page.getByRole('option', { name: option }).locator('visible=true').first().click();
	}

	/** Runs the node and waits until its output says one of these words. */
	async run(...words: string[]): Promise<string> {
		await this.page.getByTestId('node-execute-button').click();
		for (const word of words) await this.output.getByText(word).first().waitFor();
		return await this.output.innerText();
	}

	async close(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}
}
