import type { BrowserContext } from '@playwright/test';
import type { Checklist } from '../kit/checklist';
import type { Stage } from '../n8n/stage';
import type { Album } from './album';
import type { Editor } from './editor/editor';

/** What every journey needs: the running stage, the person's browser, the album and the list. */
export interface Walk {
	readonly stage: Stage;
	readonly context: BrowserContext;
	readonly editor: Editor;
	readonly album: Album;
	readonly list: Checklist;
	/** Whether the walk is being ended, for instance by Ctrl+C: no step begins any more. */
	readonly ended: () => boolean;
}

type Step = () => Promise<string | void>;

/** A step that, when it fails, leaves a picture of all that was open, and nothing else. */
export async function take(walk: Walk, claim: string, step: Step): Promise<boolean> {
	if (walk.ended()) throw new Error('The walk was ended');
	return await walk.list.check(claim, async () => {
		try {
			return await step();
		} catch (error) {
			await keepEvidence(walk).catch(() => undefined);
			throw error;
		}
	});
}

async function keepEvidence({ album, context, editor }: Walk): Promise<void> {
	for (const page of context.pages()) {
		const path = await album.keep(page, 'failed');
		process.stdout.write(`    ${page.url().split('?')[0]}: ${path}\n`);
		// A window that stays open would stand in the way of the next step.
		if (page !== editor.page) await page.close();
	}
}
