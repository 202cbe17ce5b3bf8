import type { FrameLocator, Locator, Page } from '@playwright/test';
import { beginningWith } from './beginningWith';
import { CredentialDialog } from './credentialDialog';

/** An open node: its input, its parameters, its output. */
export class NodeView {
	constructor(private readonly page: Page) {}

	parameter(name: string): Locator {
		return this.page.getByTestId(`parameter-input-${name}`);
	}

	/** The column with the node's own fields. */
	get parameters(): Locator {
		return this.page
			.getByTestId('ndv')
			.locator('[class*="_column_"]')
			.filter({ has: this.parameter('operation') });
	}

	/** The fields of the node before, at the top of the schema that n8n shows. */
	async inputFields(): Promise<string[]> {
		const fields = this.field('');
		await fields.first().waitFor();
		return await fields.allInnerTexts();
	}

	/** Drags a field of the node before into the first value of an *Edit Fields* node. */
	async dragField(name: string): Promise<string> {
		const value = this.page.getByTestId('assignment-value').first();
		// A hover waits until the list has settled.
		await this.field(name)
			.first()
			.hover({ position: { x: 10, y: 8 } });
		const from = await this.field(name).first().boundingBox();
		const to = await value.boundingBox();
		if (!from || !to) throw new Error(`${name} cannot be dragged`);
		const { mouse } = this.page;
		await mouse.down();
		await mouse.move(from.x + 40, from.y + 16, { steps: 4 });
		await mouse.move(to.x + 40, to.y + 10, { steps: 8 });
		await mouse.up();
		await value.getByText('$json').waitFor();
		return /\{\{.*?\}\}/.exec(await value.innerText())?.[0] ?? '';
	}

	private field(name: string): Locator {
		return this.page
			.getByTestId('ndv-input-panel')
			.locator('[data-test-id="run-data-schema-node-name"][data-depth="1"]')
			.filter({ hasText: new RegExp(`\\b${name}\\b`) });
	}

	/** For a picture: the window and the body's field as tall as a person would drag them. */
	async showWholeBody(takePicture: () => Promise<void>): Promise<void> {
		const before = this.page.viewportSize()!;
		await this.page.setViewportSize({ ...before, height: 1010 });
		const body = this.parameter('body').locator('textarea');
		const setHeight = async (height: string) =>
			await body.evaluate((element, given) => {
				const { style } = element as unknown as { style: { height: string }; scrollTop: number };
				style.height = given;
			}, height);
		await setHeight('215px');
		try {
			await takePicture();
		} finally {
			await setHeight('');
			await this.page.setViewportSize(before);
		}
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

	async createCredential(): Promise<CredentialDialog> {
		await this.credential.click();
		await this.page.getByText('Create new credential').locator('visible=true').click();
		return await CredentialDialog.opened(this.page);
	}

	async openOptions(): Promise<void> {
		await this.page.getByTestId('collection-parameter-add').click();
	}

	async addOption(name: string): Promise<void> {
		await this.openOptions();
		await this.page
			.getByTestId('collection-parameter-option')
			.locator('visible=true')
			.getByText(name, { exact: true })
			.click();
	}

	/** Leaves it to an agent's model to fill the field in. */
	async letModelDefine(name: string): Promise<void> {
		await this.page
			.getByTestId('parameter-item')
			.filter({ has: this.parameter(name) })
			.getByTestId('from-ai-override-button')
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
		await this.page
			.getByRole('option', { name: beginningWith(option) })
			.locator('visible=true')
			.first()
			.click();
	}

	/** Presses *View* at a file of the output. @returns what n8n's viewer shows */
	async viewFile(name: string): Promise<FrameLocator> {
		await this.pressAtFile(name, 'View');
		return this.page.frameLocator('iframe.__html-display');
	}

	/** @returns what a person gets who presses *Download* at a text file of the output */
	async downloadFile(name: string): Promise<string> {
		const [download] = await Promise.all([
			this.page.waitForEvent('download'),
			this.pressAtFile(name, 'Download'),
		]);
		const content = await (await download.createReadStream()).toArray();
		return Buffer.concat(content as Buffer[]).toString();
	}

	private async pressAtFile(name: string, button: string): Promise<void> {
		await this.output.getByText('Binary', { exact: true }).click();
		await this.output
			.locator('[class*="binaryCell"], [class*="binaryRow"] > *')
			.filter({ hasText: name })
			.getByText(button, { exact: true })
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
