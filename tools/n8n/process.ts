import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { TOOLS_FOLDER } from '../kit/folders';
import { lastLines, Obstacle } from '../kit/obstacle';
import { startProcess, type ProcessGroup } from '../kit/processes';
import { n8nEnvironment, originOf, temporaryFolderOf } from './environment';
import { freePort } from '../kit/ports';
import { N8N_PROGRAM } from './install';

export interface N8nStart {
	userFolder: string;
	port: number;
	/** What n8n's program is asked to be; an n8n that does everything by itself, if absent. */
	command?: readonly string[];
	/** n8n's settings by the names of their environment variables, on top of the quiet ones. */
	settings?: Readonly<Record<string, string>>;
	/** How long n8n may take to answer, in milliseconds. */
	patience?: number;
}

export interface N8n {
	readonly origin: string;
	readonly pid: number | undefined;
	/** What n8n wrote to both its outputs. */
	readonly logPath: string;
	readonly userFolder: string;
	readonly environment: NodeJS.ProcessEnv;
	/** Settles when n8n has ended, for whatever reason. */
	readonly ended: Promise<number | NodeJS.Signals>;
	/** Lets n8n end its work. */
	stop(): Promise<void>;
	/** As when the power fails. */
	kill(): Promise<void>;
}

const PATIENCE = 120_000;

/**
 * Starts the pinned n8n with a database of its own and waits until it answers.
 *
 * @throws {Obstacle} with the end of n8n's log when it ends or stays silent
 */
export async function startN8n(start: N8nStart): Promise<N8n> {
	const { userFolder, port, command = ['start'], settings, patience = PATIENCE } = start;
	await mkdir(temporaryFolderOf(userFolder), { recursive: true });
	const logPath = join(userFolder, 'n8n.log');
	const log = await open(logPath, 'a');
	// A name of its own, lest another n8n that has taken the port meanwhile be mistaken for this one.
	const healthPath = `health-${randomUUID()}`;
	const place = { userFolder, port, brokerPort: await freePort(), healthPath };
	const environment = n8nEnvironment(place, settings);
	const group = await startProcess({
		command: process.execPath,
		arguments: [
			'--require',
			join(TOOLS_FOLDER, 'n8n', 'endWithParent.cjs'),
			N8N_PROGRAM,
			...command,
		],
		folder: userFolder,
		environment,
		stdio: ['pipe', log.fd, log.fd],
	});
	await log.close();
	const origin = originOf(port);
	const failure = await waitForAnswer(group, `${origin}/${healthPath}/readiness`, patience);
	if (failure) {
		await group.stop();
		throw new Obstacle(failure, lastLines(await readFile(logPath, 'utf8')));
	}
	return {
		origin,
		pid: group.child.pid,
		logPath,
		userFolder,
		environment,
		ended: group.ended,
		stop: async () => await group.stop(),
		kill: async () => await group.kill(),
	};
}

/** @returns why n8n is not there, or nothing when it is */
async function waitForAnswer(
	group: ProcessGroup,
	url: string,
	patience: number,
): Promise<string | undefined> {
	const deadline = Date.now() + patience;
	while (Date.now() < deadline) {
		if (group.hasEnded) return `n8n did not start: it ended with ${await group.ended}.`;
		if (await answers(url)) return undefined;
		await wait(200);
	}
	return `n8n did not start: it has not answered on ${new URL(url).origin} within ${patience / 1_000} seconds.`;
}

async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
		await response.arrayBuffer();
		return response.ok && response.headers.get('content-type')?.includes('json') === true;
	} catch {
		// Nobody listens yet.
		return false;
	}
}
