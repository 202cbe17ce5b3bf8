import { freePort, isFree } from './freePort';
import { Obstacle } from './obstacle';

const USUAL_PORT = 5678;

/** One of the system's choice, which nobody else is about to take. */
export const ANY_PORT = 0;

/**
 * Exactly the port that was asked for; without one, n8n's usual port or any free one.
 *
 * @throws {Obstacle} when the port that was asked for is taken
 */
export async function choosePort(wanted: number | undefined): Promise<number> {
	if (wanted === undefined) return await freePort(USUAL_PORT);
	if (wanted === ANY_PORT) return await freePort();
	if (await isFree(wanted)) return wanted;
	throw new Obstacle(
		`Port ${wanted} is in use: give --port another number, or leave it out to get a free one.`,
	);
}
