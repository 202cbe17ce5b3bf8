import { PACKAGE_FOLDER } from '../../kit/folders';
import { run } from '../../kit/processes';
import { failed, ok, warning, type Finding, type Step } from '../step';

const MAIN = 'origin/main';

/** A tag can be put on any commit; only what was reviewed and merged may be published. */
export const onMain: Step = {
	name: 'main',
	claim: 'the commit is on main',
	run: async () => {
		const git = async (...words: readonly string[]) =>
			await run({ command: 'git', arguments: words, folder: PACKAGE_FOLDER });
		const known = await git('rev-parse', '--verify', '--quiet', MAIN);
		if (known.status !== 0) return judgeBranch(undefined);
		const { status } = await git('merge-base', '--is-ancestor', 'HEAD', MAIN);
		return judgeBranch(status === 0);
	},
};

/** @param isOnMain undefined where this clone has no `origin/main` */
export function judgeBranch(isOnMain: boolean | undefined): Finding {
	if (isOnMain === undefined) return warning(`this clone has no ${MAIN}`);
	return isOnMain ? ok(`an ancestor of ${MAIN}`) : failed(`not an ancestor of ${MAIN}`);
}
