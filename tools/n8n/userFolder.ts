import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { USER_FOLDER } from '../kit/folders';
import { Obstacle } from '../kit/obstacle';

export interface UserFolder {
	path: string;
	/** Gives it back: a passing folder vanishes, a lasting one becomes free for the next demo. */
	release(): Promise<void>;
}

/** A folder that nobody else has and that leaves nothing behind. */
export async function passingUserFolder(): Promise<UserFolder> {
	const path = await mkdtemp(join(tmpdir(), 'n8n-demo-'));
	return { path, release: async () => await rm(path, { recursive: true, force: true }) };
}

/**
 * The folder that stays from one demo to the next.
 *
 * @throws {Obstacle} while another demo has it
 */
export async function lastingUserFolder(keep: boolean): Promise<UserFolder> {
	const claim = join(USER_FOLDER, 'demo.pid');
	const holder = existsSync(claim) ? Number(await readFile(claim, 'utf8')) : undefined;
	if (holder !== undefined && isAlive(holder))
		throw new Obstacle(
			`A demo is running already, as process ${holder}: stop it with Ctrl+C, or use --once.`,
		);
	if (!keep) await rm(USER_FOLDER, { recursive: true, force: true });
	await mkdir(USER_FOLDER, { recursive: true });
	await writeFile(claim, String(process.pid));
	return { path: USER_FOLDER, release: async () => await rm(claim, { force: true }) };
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
