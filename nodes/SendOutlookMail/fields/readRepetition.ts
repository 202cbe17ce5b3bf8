import type { IExecuteFunctions } from 'n8n-workflow';
import type { Repetition } from '../delivery/sendOnce/repetition';
import { readSendOnceKey } from '../delivery/sendOnce/sendOnceKey';
import { DEFAULT_MAX_KEYS } from '../delivery/sendOnce/sendOnceRegister';

type Context = Pick<IExecuteFunctions, 'getNodeParameter'>;

export function readRepetition(context: Context, itemIndex: number): Repetition {
	const options = readOptions(context, itemIndex);
	return {
		onUnknownOutcome: options.onUnknownOutcome === 'retry' ? 'retry' : 'fail',
		sendOnce: readSendOnceKey(options),
		forgetKey: options.sendOnceForget === true,
	};
}

/** One bound for the node: it is the first item's. */
export function readMaxKeys(context: Context): number {
	const maxKeys = Number(readOptions(context, 0).sendOnceMaxKeys ?? DEFAULT_MAX_KEYS);
	return Number.isSafeInteger(maxKeys) && maxKeys > 0 ? maxKeys : DEFAULT_MAX_KEYS;
}

function readOptions(context: Context, itemIndex: number): Record<string, unknown> {
	return context.getNodeParameter('options', itemIndex, {}) as Record<string, unknown>;
}
