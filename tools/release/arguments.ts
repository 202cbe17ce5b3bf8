import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Obstacle } from '../kit/obstacle';

export interface ReleaseArguments {
	/** As far as a release is possible today, also before its version has a section in the changelog. */
	dryRun: boolean;
	/** The tag that is to be published, e.g. `v1.2.0`. */
	tag: string | undefined;
	/** A tarball that was packed before; without it, the commit is packed in a clean copy. */
	tarball: string | undefined;
	/** What the tarball must have as its SHA-256. */
	sha256: string | undefined;
	/** Names of steps to leave out; a release leaves nothing out. */
	without: readonly string[];
	help: boolean;
}

export const USAGE = `npm run release [-- options]

  --dry-run         everything that can be tried before the version is settled
  --tag vX.Y.Z      the tag that is to be published; it must name the version of package.json
  --tarball FILE    try this file instead of packing the commit; needs --sha256
  --sha256 HASH     the SHA-256 that the tarball must have
  --without a,b     leave out steps, only together with --dry-run (a step's name is the first column)
  --help            this text

Nothing is ever published from here: pushing the tag starts the workflow that does.`;

/** @throws {Obstacle} naming the argument that is not understood */
export function readArguments(
	given: readonly string[],
	stepNames: readonly string[],
): ReleaseArguments {
	const { 'dry-run': dryRun, tag, tarball, sha256, without, help } = parse(given);
	const leftOut = (without ?? '').split(',').filter((name) => name !== '');
	const unknown = leftOut.find((name) => !stepNames.includes(name));
	if (unknown !== undefined)
		throw new Obstacle(`There is no step "${unknown}"; there are ${stepNames.join(', ')}.`);
	if (leftOut.length > 0 && !dryRun)
		throw new Obstacle('A release leaves nothing out: use --without together with --dry-run.');
	if (tarball !== undefined && !/^[0-9a-f]{64}$/.test(sha256 ?? ''))
		throw new Obstacle('A tarball that was packed elsewhere needs its --sha256: 64 digits.');
	return {
		dryRun,
		tag,
		tarball: tarball === undefined ? undefined : resolve(tarball),
		sha256,
		without: leftOut,
		help,
	};
}

function parse(given: readonly string[]) {
	try {
		return parseArgs({
			args: [...given],
			options: {
				'dry-run': { type: 'boolean', default: false },
				tag: { type: 'string' },
				tarball: { type: 'string' },
				sha256: { type: 'string' },
				without: { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		}).values;
	} catch (error) {
		const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
		throw new Obstacle(`${reason}.`, USAGE, { cause: error });
	}
}
