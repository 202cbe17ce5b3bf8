import { lastLines, Obstacle } from './obstacle';
import { run, type Finished } from './processes';

const QUIET = ['--loglevel=error', '--no-audit', '--no-fund'];

/** Runs npm under the Node.js that runs this script, whichever npm the system has. */
export async function runNpm(
	folder: string,
	...npmArguments: readonly string[]
): Promise<Finished> {
	const cli = process.env['npm_execpath'];
	const [command, leading] = cli?.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []];
	return await run({ command, arguments: [...leading, ...npmArguments], folder });
}

/**
 * Runs npm for something that the tool can't do without.
 *
 * @param purpose as in "npm could not …"
 * @returns what npm wrote to its standard output
 * @throws {Obstacle} with the end of npm's messages
 */
export async function requireNpm(
	purpose: string,
	folder: string,
	...npmArguments: readonly string[]
): Promise<string> {
	const { status, output, messages } = await runNpm(folder, ...npmArguments, ...QUIET);
	if (status === 0) return output;
	throw new Obstacle(
		`npm could not ${purpose} (it ended with ${status}).`,
		lastLines(`${output}\n${messages}`),
	);
}
