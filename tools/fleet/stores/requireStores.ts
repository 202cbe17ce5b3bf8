import { installPackages, mayInstall } from '../../kit/debianPackages';
import { Obstacle } from '../../kit/obstacle';
import { findPrograms, type Programs } from './programs';

const PACKAGES = ['redis-server', 'postgresql'];

/**
 * Redis and PostgreSQL as Debian packs them, installed now if they are missing and we may.
 *
 * @throws {Obstacle} saying what a person has to install
 */
export async function requireStores(): Promise<Programs> {
	const there = await findPrograms();
	if (there) return there;
	const names = PACKAGES.join(' and ');
	if (!mayInstall())
		throw new Obstacle(`The fleet needs Redis and PostgreSQL: install Debian's ${names} first.`);
	await installPackages(names, PACKAGES, '1 minute');
	const installed = await findPrograms();
	if (installed) return installed;
	throw new Obstacle(`${names} are installed, and their programs are still not to be found.`);
}
