import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '#tools/kit/folders';

const FOLDER = join(PACKAGE_FOLDER, '.github', 'workflows');
const workflows = readdirSync(FOLDER).map((name) => ({
	name,
	lines: readFileSync(join(FOLDER, name), 'utf8').split('\n'),
}));

describe.each(workflows)('workflow $name', ({ lines }) => {
	it('uses every action by the hash of a commit, and names its version', () => {
		const uses = lines.filter((line) => /^\s*(?:- )?uses:/.test(line));
		expect(uses.length).toBeGreaterThan(0);
		for (const line of uses) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	it('has no permission that a job did not ask for', () => {
		expect(lines).toContain('permissions: {}');
	});

	it('puts nothing that others choose into a command', () => {
		// `${{ … }}` in a command is text before the shell reads it; an environment variable is not.
		const commands = lines.filter((line) => /^\s*(?:- )?run:/.test(line));
		for (const line of commands) expect(line).not.toContain('${{');
	});
});

it('only the job that runs no code of the project may publish', () => {
	const publish = workflows.find(({ name }) => name === 'publish.yml')?.lines.join('\n') ?? '';
	const jobs = publish.split(/^ {2}(?=\w+:$)/m).slice(1);
	const mayPublish = jobs.filter((job) => job.includes('id-token: write'));
	expect(mayPublish).toHaveLength(1);
	expect(mayPublish[0]).not.toMatch(/checkout@|npm (?:ci|install|run|test)|\.ci\/run/);
});
