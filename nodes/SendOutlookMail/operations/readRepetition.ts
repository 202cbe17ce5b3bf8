import type { IExecuteFunctions } from 'n8n-workflow';
import type { Repetition } from '../delivery/once/repetition';
import { readSendOnceKey } from '../delivery/once/sendOnceKey';
import { DEFAULT_MAX_KEYS } from '../delivery/once/sendOnceRegister';

type Context = Pick<IExecuteFunctions, 'getNodeParameter'>;

/** Reads from the options of one item when its mail may go again. */
export function readRepetition(options: Readonly<Record<string, unknown>>): Repetition {
	return {
		onUnknownOutcome: options.onUnknownOutcome === 'retry' ? 'retry' : 'fail',
		sendOnce: readSendOnceKey(options),
		forgetKey: options.sendOnceForget === true,
	};
}

/** One bound for the node: it is the first item's. */
export function readMaxKeys(context: Context): number {
	const maxKeys = Number(context.getNodeParameter('options.sendOnceMaxKeys', 0, DEFAULT_MAX_KEYS));
	return Number.isSafeInteger(maxKeys) && maxKeys > 0 ? maxKeys : DEFAULT_MAX_KEYS;
}
