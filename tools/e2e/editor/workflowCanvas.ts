import type { Locator } from '@playwright/test';
import type { Editor } from './editor';
import { NodeView } from './nodeView';

/** How often the list of tools is opened, and how long it may take to appear. */
const ATTEMPTS = 5;
const SHORT_PATIENCE_MS = 5_000;

/** The canvas on which a designer puts nodes. */
export class WorkflowCanvas {
	private constructor(private readonly editor: Editor) {}

	static async createNew(editor: Editor): Promise<WorkflowCanvas> {
		await editor.page.goto(`${editor.origin}/workflow/new`);
		const canvas = new WorkflowCanvas(editor);
		await editor.page.getByTestId('canvas-add-button').waitFor();
		return canvas;
	}

	static async open(editor: Editor, workflowId: string): Promise<WorkflowCanvas> {
		await editor.page.goto(`${editor.origin}/workflow/${workflowId}`);
		const canvas = new WorkflowCanvas(editor);
		await canvas.nodes.first().waitFor();
		return canvas;
	}

	get nodes(): Locator {
		return this.editor.page.getByTestId('canvas-node').locator('visible=true');
	}

	/** The plus signs behind the last nodes. */
	get ends(): Locator {
		return this.editor.page.getByTestId('canvas-handle-plus').locator('visible=true');
	}

	/** The notes of its author. */
	get notes(): Locator {
		return this.editor.page.getByTestId('sticky').locator('visible=true');
	}

	async startByHand(): Promise<void> {
		const { page } = this.editor;
		await page.getByTestId('canvas-add-button').locator('button, div').first().click();
		await page.getByText('Trigger manually').click();
		await this.nodes.first().waitFor();
	}

	/** Looks in the nodes panel for `words` and shows what n8n finds. */
	async search(words: string): Promise<Locator> {
		await this.editor.page.getByTestId('node-creator-plus-button').click();
		return await this.find(words, 'Send Outlook Mail');
	}

	/** The same, by the plus sign behind a node, which connects what is added. */
	async searchBehind(node: string, words: string): Promise<Locator> {
		await this.plus('canvas-node-output-handle', node, 'main').click();
		return await this.find(words, 'Send Outlook Mail');
	}

	/** The same, by the plus sign below an agent. */
	async searchTool(agent: string, words: string): Promise<Locator> {
		await this.plus('canvas-node-input-handle', agent, 'ai_tool').click();
		return await this.find(words, 'Send Outlook Mail Tool');
	}

	/** Adds a human review by the plus sign below an agent; its tool comes below it. */
	async addReview(agent: string, words: string): Promise<NodeView> {
		const { page } = this.editor;
		const review = page.getByTestId('node-creator').getByText('Human review', { exact: true });
		// An editor that has just opened may show all AI nodes first, instead of the tools.
		for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
			await this.plus('canvas-node-input-handle', agent, 'ai_tool').click();
			const isThere = await review.waitFor({ timeout: SHORT_PATIENCE_MS }).then(
				() => true,
				() => false,
			);
			if (isThere) break;
			await page.keyboard.press('Escape');
		}
		await review.click();
		await (await this.find(words, 'Send Outlook Mail')).click();
		await page.getByText('Add to workflow').click();
		return await this.opened('to');
	}

	private plus(handle: string, node: string, connection: string): Locator {
		return this.editor.page
			.getByTestId(handle)
			.and(
				this.editor.page.locator(
					`[data-node-name="${node}"][data-connection-type="${connection}"]`,
				),
			)
			.getByTestId('canvas-handle-plus');
	}

	private async find(words: string, name: string): Promise<Locator> {
		const { page } = this.editor;
		await page.getByTestId('node-creator-search-bar').fill(words);
		const found = page.getByTestId('node-creator').getByText(name, { exact: true });
		await found.first().waitFor();
		return found.first();
	}

	/** Opens what n8n tells about the node that was found. */
	async showDetails(found: Locator): Promise<void> {
		await found.click();
		await this.editor.page.getByText('Add to workflow').waitFor();
	}

	async add(): Promise<NodeView> {
		await this.editor.page.getByText('Add to workflow').click();
		return await this.opened();
	}

	/** n8n adds a tool at once, without its details. */
	async addTool(found: Locator): Promise<NodeView> {
		await found.click();
		return await this.opened();
	}

	async openNode(name: string): Promise<NodeView> {
		await this.nodes.filter({ hasText: name }).first().dblclick();
		return await this.opened();
	}

	/** A node of n8n's own, which has no operation. */
	async openOther(name: string): Promise<NodeView> {
		await this.nodes.filter({ hasText: name }).first().dblclick();
		await this.editor.page.getByTestId('ndv').waitFor();
		return new NodeView(this.editor.page);
	}

	/** The node, whether it is open already or not. */
	async openIfClosed(name: string): Promise<NodeView> {
		if (await this.editor.page.getByTestId('ndv').isVisible()) return await this.opened();
		return await this.openNode(name);
	}

	async closeNode(): Promise<void> {
		const { page } = this.editor;
		await page.keyboard.press('Escape');
		await page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}

	/** Runs the whole workflow and waits for its end. */
	async run(): Promise<void> {
		await this.start();
		await this.untilExecuted();
	}

	async start(): Promise<void> {
		await this.editor.page.getByTestId('execute-workflow-button').click();
	}

	async untilExecuted(): Promise<void> {
		await this.editor.page.getByText('Workflow executed successfully').first().waitFor();
	}

	/** Shows the whole workflow. */
	async fit(): Promise<void> {
		await this.editor.page.getByTestId('zoom-to-fit').click();
	}

	private async opened(parameter = 'operation'): Promise<NodeView> {
		const view = new NodeView(this.editor.page);
		await view.parameter(parameter).waitFor();
		return view;
	}
}
