import { lastLines } from '../../kit/obstacle';
import { PACKAGE_FOLDER } from '../../kit/folders';
import { runNpm } from '../../kit/npm';
import { failed, ok, type Step } from '../step';

/** A script of package.json that must end well. */
function script(name: string, claim: string, summary?: RegExp): Step {
	return {
		name,
		claim,
		run: async () => {
			const { status, output, messages } = await runNpm(PACKAGE_FOLDER, 'run', '--silent', name);
			const said = `${output}\n${messages}`;
			if (status !== 0) return failed(`ended with ${status}`, lastLines(said).split('\n'));
			return ok(summary?.exec(said)?.[1] ?? '');
		},
	};
}

export const scripts: readonly Step[] = [
	script('lint', 'every type fits; ESLint and Prettier have nothing to say'),
	script('test', 'every test passes', /^Tests:\s+(.*)$/m),
];
