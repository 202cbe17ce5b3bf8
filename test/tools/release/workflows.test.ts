import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '#tools/kit/folders';

const FOLDER = join(PACKAGE_FOLDER, '.github', 'workflows');
const workflows = readdirSync(FOLDER).map((name) => ({
	name,
	lines: readFileSync(join(FOLDER, name), 'utf8').split('\n'),
}));

/** What the shell runs: the text after `run:`, also where it goes on below, indented. */
function commandsOf(lines: readonly string[]): string[] {
	return lines.flatMap((line, index) => {
		const key = /^(\s*(?:- )?)run:/.exec(line);
		if (!key) return [];
		const rest = lines.slice(index + 1);
		const end = rest.findIndex(
			(next) => next.trim() !== '' && next.search(/\S/) <= (key[1]?.length ?? 0),
		);
		return [[line, ...rest.slice(0, end === -1 ? undefined : end)].join('\n')];
	});
}

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
		for (const command of commandsOf(lines)) expect(command).not.toContain('${{');
	});
});

/** The jobs of a workflow by name, as text. */
function jobsOf(file: string): Record<string, string> {
	const text = workflows.find(({ name }) => name === file)?.lines.join('\n') ?? '';
	const jobs = text.split(/^jobs:$/m)[1] ?? '';
	return Object.fromEntries(
		jobs
			.split(/^ {2}(?=\w+:$)/m)
			.slice(1)
			.map((job) => [job.slice(0, job.indexOf(':')), job]),
	);
}

describe('publishing', () => {
	const { pack = '', try: trial = '', publish = '', announce = '' } = jobsOf('publish.yml');
	const comparison = 'echo "$SHA256  $FILE" | sha256sum --check --strict';

	it('is allowed in the one job that runs no code of the project', () => {
		const others = workflows.filter(({ name }) => !['publish.yml', 'scorecard.yml'].includes(name));
		for (const text of [pack, trial, announce, ...others.map(({ lines }) => lines.join('\n'))])
			expect(text).not.toContain('id-token: write');
		expect(publish).toContain('id-token: write');
		expect(publish).not.toMatch(/checkout@|npm (?:ci|install|run|test)|\.ci\/run/);
	});

	it('begins with a tarball of a commit on main, packed where no install script ran', () => {
		expect(pack).toContain('git merge-base --is-ancestor HEAD origin/main');
		expect(pack).toContain('npm ci --ignore-scripts');
		expect(pack).toContain('npm pack --ignore-scripts');
		expect(pack).not.toMatch(/npm (?:test|install)|\.ci\/run/);
	});

	it('tries that tarball and no other', () => {
		expect(trial).toContain('needs: pack');
		expect(trial).toContain('PACKED_TARBALL="$PWD/packed/$FILE" .ci/run');
		expect(trial).toContain('--tarball "packed/$FILE" --sha256 "$SHA256"');
		expect(trial).not.toContain('name: tarball\n          path: .release');
	});

	it.each([
		['published', publish],
		['attached', announce],
	])('compares its SHA-256 with the first job before it is %s', (_what, job) => {
		expect(job).toContain('SHA256: ${{ needs.pack.outputs.sha256 }}');
		const compared = job.indexOf(comparison);
		expect(compared).toBeGreaterThan(0);
		expect(compared).toBeLessThan(job.search(/npm publish|gh release create/));
	});
});

it('Dependabot has an entry for every lock file', () => {
	const config = readFileSync(join(PACKAGE_FOLDER, '.github', 'dependabot.yml'), 'utf8');
	const folders = [...config.matchAll(/(?:directory: |^ {6}- )(\/\S*)$/gm)].map(
		([, path]) => path!,
	);
	const covered = folders.map((path) => new RegExp(`^${path.replace(/\*/g, '[^/]+')}$`));
	const locks = execFileSync('git', ['ls-files', '*package-lock.json'], {
		cwd: PACKAGE_FOLDER,
		encoding: 'utf8',
	});
	const uncovered = locks
		.trim()
		.split('\n')
		.map((path) => join('/', path, '..'))
		.filter((folder) => !covered.some((form) => form.test(folder)));
	expect(uncovered).toEqual([]);
});
