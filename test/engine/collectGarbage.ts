import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Collects all garbage now, also what the current job has only just let go of. */
export async function collectGarbage(): Promise<void> {
	// A weak reference keeps its target for the rest of the job in which it was made or asked.
	await new Promise(setImmediate);
	collect();
}
