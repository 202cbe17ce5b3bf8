import { delimiter, dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { ProcessGroup } from './processGroup';

export interface Command {
	program: string;
	arguments: readonly string[];
	folder: string;
}

export interface CommandResult {
	/** Exit code, or the signal that ended it. */
	status: number | NodeJS.Signals;
	output: string;
	messages: string;
}

/** Runs a program to its end; what it wrote comes back whole, whatever its exit code. */
export async function runCommand(command: Command): Promise<CommandResult> {
	const group = new ProcessGroup({
		command: command.program,
		arguments: command.arguments,
		folder: command.folder,
		environment: ownEnvironment(),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const { stdout, stderr } = group.child;
	if (!stdout || !stderr) throw new Error(`${command.program} was started without pipes`);
	const [status, output, messages] = await Promise.all([group.ended, text(stdout), text(stderr)]);
	return { status, output, messages };
}

/** Runs npm under the Node that runs this script, whichever npm the system has. */
export async function runNpm(
	folder: string,
	...npmArguments: readonly string[]
): Promise<CommandResult> {
	const cli = process.env['npm_execpath'];
	const [program, leading] = cli?.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []];
	return await runCommand({ program, arguments: [...leading, ...npmArguments], folder });
}

/** What an outer `npm run` says about its own package must not reach an inner npm. */
function ownEnvironment(): NodeJS.ProcessEnv {
	const outer = /^npm_(?:package_|lifecycle_|command$|config_(?:local_)?prefix$)/;
	const inherited = Object.entries(process.env).filter(([name]) => !outer.test(name));
	return {
		...Object.fromEntries(inherited),
		PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
	};
}
