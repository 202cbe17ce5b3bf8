import { installPackages, mayInstall } from '../../kit/debianPackages';
import { Obstacle } from '../../kit/obstacle';
import { findProgram } from '../../kit/programs';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];
const PACKAGES = ['chromium', 'fonts-liberation'];

/**
 * The browser of this machine; where root has apt, it gets installed.
 *
 * @throws {Obstacle} saying what to install
 */
export async function findChromium(): Promise<string> {
	const found = findProgram(PROGRAMS);
	if (found) return found;
	if (!mayInstall())
		throw new Obstacle(
			'There is no Chromium on the PATH: install the package "chromium" (on Debian: sudo apt-get install chromium).',
		);
	await installPackages('chromium', PACKAGES, '1 to 3 minutes');
	const installed = findProgram(PROGRAMS);
	if (installed) return installed;
	throw new Obstacle('Chromium was installed, but is not on the PATH.');
}
