import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connectSandbox, type RemoteSandbox } from '#sandbox/remote';
import { PACKAGE_FOLDER } from '../kit/folders';

export interface SandboxProcess extends RemoteSandbox {
	loginOrigin: string;
	graphOrigin: string;
	/** PEM of the authority that clients have to trust, with `tls`. */
	caCertificatePem?: string;
	stop(): Promise<void>;
}

/**
 * Starts the sandbox in a process of its own, so that its work does not count as the sender's.
 *
 * @param options as `npm run sandbox -- --help` lists them
 */
export async function startSandboxProcess(
	options: readonly string[] = [],
): Promise<SandboxProcess> {
	const child = spawn(
		process.execPath,
		['--import', 'tsx', join(PACKAGE_FOLDER, 'sandbox', 'main.ts'), ...options],
		{ cwd: PACKAGE_FOLDER, stdio: ['ignore', 'pipe', 'ignore'] },
	);
	const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
	const addresses = JSON.parse(line) as {
		loginOrigin: string;
		graphOrigin: string;
		caCertificatePem?: string;
	};
	return {
		...addresses,
		...connectSandbox(addresses.loginOrigin, addresses.caCertificatePem),
		stop: async () => {
			const ended = once(child, 'exit');
			child.kill('SIGTERM');
			await ended;
		},
	};
}
