import { randomInt } from 'node:crypto';

/** Set it to the printed number to repeat a run. */
const GIVEN = process.env['FUZZ_SEED'];

/** A new one for each run, so that other cases are tried each time. */
export const SEED = GIVEN === undefined ? randomInt(2 ** 31) : Number(GIVEN);
if (!Number.isInteger(SEED)) throw new Error(`FUZZ_SEED=${GIVEN} is not an integer`);

/** For the name of a test: how to repeat it. Tests print it whether or not they fail. */
export const REPEAT = `FUZZ_SEED=${SEED}`;
process.stderr.write(`${REPEAT}\n`);
