import type { BrowserContext } from 'playwright-core';
import { Checklist } from '../demo/checks/checklist';
import type { Stage } from '../demo/stage';
import { Album } from './album';
import type { Editor } from './editor/editor';

/** What every journey needs: the running stage, the person's browser, the album and the list. */
export interface Walk {
	readonly stage: Stage;
	readonly context: BrowserContext;
	readonly editor: Editor;
	readonly album: Album;
	readonly list: Checklist;
}

type Step = () => Promise<string | void>;

/** A step that leaves a picture of the editor when it fails. */
export async function take(
	{ list, album, editor }: Walk,
	claim: string,
	step: Step,
): Promise<boolean> {
	return await list.check(claim, async () => {
		try {
			return await step();
		} catch (error) {
			await album.keep(editor.page, 'failed').catch(() => undefined);
			throw error;
		}
	});
}
