import { failed, ok, type Finding } from '../step';

/** What is read of a lock file: versions by path, e.g. `node_modules/semver`. */
export interface Lock {
	packages: Record<string, { version?: string }>;
}

/**
 * Whether every package that a user gets is the one of the project's lock file, which is what was
 * tested. A path that the lock file does not know is a package that was not bundled.
 */
export function judgeInstalledTree(installed: Lock, locked: Lock): Finding {
	const paths = Object.keys(installed.packages).filter((path) => path !== '');
	const differences = paths.flatMap((path) => {
		const version = installed.packages[path]?.version;
		const expected = locked.packages[path]?.version;
		return version === expected ? [] : [`${path}: ${version}, in the lock file: ${expected}`];
	});
	if (paths.length === 0) return failed('there are no run-time dependencies in it');
	if (differences.length > 0)
		return failed(`${differences.length} packages differ from the lock file`, differences);
	return ok(`${paths.length} packages`);
}
