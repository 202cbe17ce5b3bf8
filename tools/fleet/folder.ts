import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FleetFolder {
	path: string;
	/** A folder in it. */
	room(name: string): Promise<string>;
	remove(): Promise<void>;
}

/** Everything that the fleet writes is in one folder, which vanishes with it. */
export async function createFolder(): Promise<FleetFolder> {
	const path = await mkdtemp(join(tmpdir(), 'n8n-fleet-'));
	// PostgreSQL's user must be able to pass through to a folder of its own.
	await chmod(path, 0o711);
	return {
		path,
		room: async (name) => {
			const room = join(path, name);
			await mkdir(room);
			return room;
		},
		remove: async () => await rm(path, { recursive: true, force: true }),
	};
}
