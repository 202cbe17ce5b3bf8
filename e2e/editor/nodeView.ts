import type { Locator, Page } from 'playwright-core';
import { beginningWith } from './beginningWith';

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
			.getByRole('option', { name: beginningWith(name) })
			.locator('visible=true')
			.first()
			.click();
	}

	/** Opens the dialog of a new credential and, in it, the list of the ways to connect. */
	async offerNewCredential(): Promise<string[]> {
		await this.credential.click();
		await this.page.getByText('Create new credential').locator('visible=true').click();
		await this.page.getByTestId('credential-mode-dropdown-trigger').click();
		const ways = this.page.getByRole('menuitem').filter({ hasText: /\S/ });
		await ways.last().waitFor();
		return await ways.allInnerTexts();
	}

	async openOptions(): Promise<void> {
		await this.page.getByTestId('collection-parameter-add').click();
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
		await this.page
			.getByRole('option', { name: beginningWith(option) })
			.locator('visible=true')
			.first()
			.click();
	}

	/** Runs the node and waits until its output says one of these words. */
	async run(...words: string[]): Promise<string> {
		const execute = this.page.getByTestId('node-execute-button');
		await execute.click();
		for (const word of words) await this.output.getByText(word).first().waitFor();
		await execute.getByText('Execute step').waitFor();
		return await this.output.innerText();
	}
}
