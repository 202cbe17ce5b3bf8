import type { BrowserContext } from 'playwright-core';
import type { Checklist } from '../demo/checks/checklist';
import type { Stage } from '../demo/stage';
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

/** A step that leaves a picture of the editor when it fails. */
export async function take(
	{ list, album, editor, ended }: Walk,
	claim: string,
	step: Step,
): Promise<boolean> {
	if (ended()) throw new Error('The walk was ended');
	return await list.check(claim, async () => {
		try {
			return await step();
		} catch (error) {
			await album.keep(editor.page, 'failed').catch(() => undefined);
			throw error;
		}
	});
}
