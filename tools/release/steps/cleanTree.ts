import { PACKAGE_FOLDER } from '../../kit/folders';
import { run } from '../../kit/processes';
import { failed, ok, type Step } from '../step';

/** What is published is what is in a commit, and nothing else. */
export const cleanTree: Step = {
	name: 'tree',
	claim: 'nothing is uncommitted',
	run: async () => {
		const git = async (...words: readonly string[]) =>
			await run({ command: 'git', arguments: words, folder: PACKAGE_FOLDER });
		const { status, output, messages } = await git('status', '--porcelain');
		if (status !== 0) return failed('git could not be asked', [messages.trim()]);
		const changes = output.split('\n').filter((line) => line !== '');
		if (changes.length > 0) return failed(`${changes.length} files differ`, changes);
		const { output: commit } = await git('rev-parse', '--short', 'HEAD');
		return ok(`commit ${commit.trim()}`);
	},
};
