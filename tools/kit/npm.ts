import { dirname, delimiter } from 'node:path';
import { text } from 'node:stream/consumers';
import { lastLines, Obstacle } from './obstacle';
import { ProcessGroup } from './processGroup';

export interface NpmRun {
	arguments: readonly string[];
	folder: string;
	/** What the run is for, as in "npm could not …". */
	purpose: string;
}

/**
 * Runs npm under the Node that runs this script, whichever npm the system has.
 *
 * @returns what npm wrote to its standard output
 * @throws {Obstacle} with the end of npm's messages
 */
export async function runNpm(run: NpmRun): Promise<string> {
	const cli = process.env['npm_execpath'];
	const [command, leading] = cli?.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []];
	const group = new ProcessGroup({
		command,
		arguments: [...leading, ...run.arguments, '--loglevel=error', '--no-audit', '--no-fund'],
		folder: run.folder,
		environment: npmEnvironment(),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const { stdout, stderr } = group.child;
	if (!stdout || !stderr) throw new Error('npm was started without pipes');
	const [ending, output, messages] = await Promise.all([
		group.ended.catch((error: Error) => error.message),
		text(stdout),
		text(stderr),
	]);
	if (ending === 0) return output;
	throw new Obstacle(
		`npm could not ${run.purpose} (it ended with ${ending}).`,
		lastLines(`${output}\n${messages}`),
	);
}

/** What an outer `npm run` says about its own package must not reach the inner npm. */
function npmEnvironment(): NodeJS.ProcessEnv {
	const own = /^npm_(?:package_|lifecycle_|command$|config_(?:local_)?prefix$)/;
	const inherited = Object.entries(process.env).filter(([name]) => !own.test(name));
	return {
		...Object.fromEntries(inherited),
		PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
	};
}
