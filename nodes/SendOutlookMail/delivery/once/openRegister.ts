import type { IExecuteFunctions } from 'n8n-workflow';
import { openLockRows } from './lockRows';
import { openMarkStore } from './markStore';
import type { Repetition } from './repetition';
import { SendOnceRegister } from './sendOnceRegister';

type Context = Pick<IExecuteFunctions, 'helpers' | 'getNode' | 'getWorkflow'>;

/** Whether this n8n can remember keys: its store came with the node *Remove Duplicates* 2. */
export function keepsKeys(context: Pick<IExecuteFunctions, 'helpers'>): boolean {
	return openMarkStore(context) !== undefined;
}

/** The register of this node, if any of the jobs has a key: without one, nothing is stored. */
export function openRegister(
	context: Context,
	jobs: ReadonlyArray<{ repetition: Repetition }>,
): SendOnceRegister | undefined {
	if (!jobs.some(({ repetition }) => repetition.sendOnce.kind === 'key')) return undefined;
	const store = openMarkStore(context);
	const scopeName = `${context.getWorkflow().id} ${context.getNode().id}`;
	return store && new SendOnceRegister(store, { scopeName, rows: openLockRows(context) });
}
