import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connectSandbox, type RemoteSandbox } from '#sandbox/remote';
import { PACKAGE_FOLDER } from '../kit/folders';
import { startProcess, type ProcessGroup } from '../kit/processes';

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
	const child = await startProcess({
		command: process.execPath,
		arguments: ['--import', 'tsx', join(PACKAGE_FOLDER, 'sandbox', 'main.ts'), ...options],
		folder: PACKAGE_FOLDER,
		environment: process.env,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const line = await firstLine(child);
	const addresses = JSON.parse(line) as {
		loginOrigin: string;
		graphOrigin: string;
		caCertificatePem?: string;
	};
	return {
		...addresses,
		...connectSandbox(addresses.loginOrigin, addresses.caCertificatePem),
		stop: async () => await child.stop(),
	};
}

async function firstLine({ child }: ProcessGroup): Promise<string> {
	if (!child.stdout) throw new Error('The sandbox was started without a pipe');
	const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
	return line;
}
