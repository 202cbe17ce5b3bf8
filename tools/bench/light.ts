import { buildPackage } from '../n8n/packagedNode';
import { measureChecking } from './light/checking';
import { measureInstalledSize } from './light/installedSize';
import { measureLoading } from './light/loading';
import { measurePerMail } from './light/perMail';

/** What the package costs before, besides and while it sends. */
export async function run(): Promise<void> {
	await buildPackage();
	const { milliseconds, heapMegabytes, heavyModules, ownModules } = measureLoading();
	say(
		`Reading node and credentials: ${milliseconds.toFixed(1)} ms, ${heapMegabytes.toFixed(2)} MB of heap, ${ownModules.length} modules of our own, ${heavyModules} of Graph client, MSAL or Markdown`,
	);

	for (const characters of [100, 20_000]) {
		const cost = await measureChecking(characters);
		say(`CPU for checking one mail with a body of ${characters} characters: ${cost.toFixed(2)} ms`);
	}

	const { node, bare } = await measurePerMail();
	say(
		`CPU for sending one mail: ${node.toFixed(2)} ms, of which a bare request takes ${bare.toFixed(2)} ms; above it ${(node - bare).toFixed(2)} ms`,
	);

	const packages = await measureInstalledSize();
	const total = packages.reduce((sum, { bytes }) => sum + bytes, 0);
	say(`Installed: ${megabytes(total)} in ${packages.length} packages`);
	for (const { name, bytes } of packages.slice(0, 10)) say(`  ${megabytes(bytes)}  ${name}`);
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(2)} MB`;
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
