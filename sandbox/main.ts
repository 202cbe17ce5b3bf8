import { startSandbox } from './';
import { readOptions, USAGE } from './commandLine';
import { howToLink } from './linking';

/** `npm run sandbox -- --help` */
async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2), process.env);
	if (options === undefined) {
		process.stdout.write(USAGE);
		return;
	}
	const sandbox = await startSandbox(options);
	const addresses = {
		loginOrigin: sandbox.loginOrigin,
		graphOrigin: sandbox.graphOrigin,
		uploadOrigin: sandbox.uploadOrigin,
		...(sandbox.caCertificatePem === undefined
			? {}
			: { caCertificatePem: sandbox.caCertificatePem }),
	};
	// One line that another process can read: its parent, for a benchmark.
	process.stdout.write(`${JSON.stringify(addresses)}\n`);
	process.stderr.write(howToLink(sandbox));
	process.stderr.write(`The sandbox runs. Pages: ${sandbox.loginOrigin}/ (Ctrl+C ends it)\n`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

main().catch((error: unknown) => {
	const reason = error instanceof Error ? error.message : String(error);
	process.stderr.write(`The sandbox did not start: ${reason}\n`);
	process.exitCode = 1;
});
