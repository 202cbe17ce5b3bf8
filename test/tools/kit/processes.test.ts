import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { startProcess, type ProcessGroup } from '#tools/kit/processes';

/** A process that starts another one and tells its id, then both wait for ever. */
const PARENT = `
	const { spawn } = require('node:child_process');
	const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
	process.stdout.write(String(child.pid));
	setInterval(() => {}, 1000);
`;

async function startFamily(script = PARENT): Promise<ProcessGroup> {
	return await startProcess({
		command: process.execPath,
		arguments: ['-e', script],
		folder: __dirname,
		environment: process.env,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
}

async function childOf(group: ProcessGroup): Promise<number> {
	const [written] = (await once(group.child.stdout!, 'data')) as [Buffer];
	return Number(written.toString());
}

async function expectGone(pid: number): Promise<void> {
	for (let attempt = 0; attempt < 50; attempt += 1) {
		if (!isRunning(pid)) return;
		await wait(20);
	}
	throw new Error(`Process ${pid} is still there`);
}

/** A zombie has ended; whether somebody has collected it is the system's affair. */
function isRunning(pid: number): boolean {
	const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
	return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

describe('a process group', () => {
	it.each(['stop', 'kill'] as const)('ends with all its processes on %s', async (how) => {
		const group = await startFamily();
		const child = await childOf(group);
		await group[how]();
		expect(group.hasEnded).toBe(true);
		await expectGone(child);
	});

	it('is made to end when it ignores the request', async () => {
		const group = await startFamily(`process.on('SIGTERM', () => {});${PARENT}`);
		const child = await childOf(group);
		await group.stop(100);
		expect(await group.ended).toBe('SIGKILL');
		await expectGone(child);
	});

	it('leaves no process behind when its first one ends', async () => {
		const group = await startFamily(PARENT.replace(/setInterval\(\(\) => \{\}, 1000\);\n$/, ''));
		group.child.stdout?.resume();
		const child = await childOf(group);
		group.child.kill('SIGKILL');
		await group.ended;
		await expectGone(child);
	});

	it('tells of a command that does not exist', async () => {
		const group = await startProcess({
			command: 'no-such-command-anywhere',
			arguments: [],
			folder: __dirname,
			environment: {},
			stdio: 'ignore',
		});
		await expect(group.ended).rejects.toThrow('ENOENT');
		expect(group.hasEnded).toBe(true);
	});
});
