import { delimiter, join } from 'node:path';

export interface NodeBinary {
	path: string;
	/** e.g. `24.21.0` */
	version: string;
}

/** Where a Node.js might be, in the order of the PATH; on Windows it has an ending. */
export function nodeCandidates(path: string, platform = process.platform): string[] {
	const name = platform === 'win32' ? 'node.exe' : 'node';
	return path
		.split(delimiter)
		.filter((folder) => folder !== '')
		.map((folder) => join(folder, name));
}

/**
 * The Node.js versions to try: this one, and the oldest of the others that the package still
 * supports, if there is one of another major version.
 *
 * @param engines such as `>=20.19`
 */
export function nodesToTry(
	own: NodeBinary,
	others: readonly NodeBinary[],
	engines: string,
): NodeBinary[] {
	const least = numbers(engines.replace(/^\D+/, ''));
	const [oldest] = others
		.filter(({ version }) => compare(numbers(version), least) >= 0)
		.filter(({ version }) => numbers(version)[0] !== numbers(own.version)[0])
		.toSorted((a, b) => compare(numbers(a.version), numbers(b.version)));
	return oldest ? [own, oldest] : [own];
}

function numbers(version: string): number[] {
	return version.split('.').map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
	for (const [index, number] of a.entries()) {
		const difference = number - (b[index] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}
