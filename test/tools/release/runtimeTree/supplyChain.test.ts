import { judgeAudit } from '#tools/release/runtimeTree/audit';
import { judgeInstalledTree } from '#tools/release/runtimeTree/installedTree';
import { judgeLicenses, licenseList } from '#tools/release/runtimeTree/licenses';
import { manifestForUsers } from '#tools/release/runtimeTree/manifestForUsers';
import { withoutDownloads } from '#tools/release/runtimeTree/sbom';

const ADVISORY = {
	url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
	title: 'Something bad',
	severity: 'high',
};

describe('the audit', () => {
	const found = { vulnerabilities: { jws: { via: [ADVISORY] }, jsonwebtoken: { via: ['jws'] } } };

	it('is clean', () => {
		expect(judgeAudit({ vulnerabilities: {} })).toMatchObject({ state: 'ok', detail: 'clean' });
	});

	it('fails for an advisory that nobody explained', () => {
		const { state, lines } = judgeAudit(found, {});
		expect(state).toBe('failed');
		expect(lines).toEqual(['jws: GHSA-aaaa-bbbb-cccc, high, Something bad']);
	});

	it('passes an advisory that is explained, and repeats why', () => {
		const { state, lines } = judgeAudit(found, { 'GHSA-aaaa-bbbb-cccc': 'never called' });
		expect(state).toBe('ok');
		expect(lines?.[0]).toContain('never called');
	});

	it('says so where the registry does not answer, which stops a release', () => {
		expect(judgeAudit({ message: '405 Method Not Allowed' }).state).toBe('warning');
	});
});

describe('the licenses', () => {
	const component = (name: string, license: object) => ({
		name,
		version: '1.0.0',
		licenses: [license],
	});
	const judge = (...licenses: object[]) =>
		judgeLicenses({
			bomFormat: 'CycloneDX',
			components: licenses.map((license, index) => component(`p${index}`, license)),
		});

	it.each([
		[{ license: { id: 'MIT' } }, 'ok'],
		[{ expression: '(MIT OR GPL-3.0-only)' }, 'ok'],
		[{ expression: 'MIT AND GPL-3.0-only' }, 'failed'],
		[{ license: { id: 'GPL-3.0-only' } }, 'failed'],
		[{ license: {} }, 'failed'],
	])('%j is %s', (license, state) => {
		expect(judge(license).state).toBe(state);
	});

	it('make a file with a line for each component', () => {
		const components = [
			component('short', { license: { id: 'MIT' } }),
			component('a-longer-name', {}),
		];
		expect(licenseList({ bomFormat: 'CycloneDX', components })).toBe(
			'short 1.0.0          MIT\na-longer-name 1.0.0  ?\n',
		);
	});

	it('are listed with who is under them', () => {
		const { lines } = judge({ license: { id: 'MIT' } }, { license: { id: 'MIT' } });
		expect(lines).toEqual(['MIT: p0 1.0.0, p1 1.0.0']);
	});
});

it('leaves out of the bill of materials where this machine fetched a component', () => {
	const distribution = { type: 'distribution', url: 'https://packages.internal.example/a.tgz' };
	const website = { type: 'website', url: 'https://a.example' };
	const [component] = withoutDownloads({
		bomFormat: 'CycloneDX',
		components: [{ name: 'a', version: '1.0.0', externalReferences: [distribution, website] }],
	}).components;
	expect(component?.externalReferences).toEqual([website]);
});

it('shows npm the package as n8n installs it', () => {
	const kept = { name: 'x', dependencies: { a: '1.0.0' }, bundleDependencies: true };
	const manifest = { ...kept, devDependencies: { b: '1' }, peerDependencies: { c: '*' } };
	expect(manifestForUsers(manifest)).toEqual(kept);
});

describe('the installed tree', () => {
	const locked = {
		packages: {
			'': { version: '0.1.0' },
			'node_modules/a': { version: '1.0.0' },
			'node_modules/b': { version: '2.0.0' },
			'node_modules/a/node_modules/b': { version: '1.0.0' },
		},
	};
	const judge = (packages: Record<string, { version?: string }>) =>
		judgeInstalledTree({ packages: { '': { version: '0.1.0' }, ...packages } }, locked);

	it('is the one of the lock file', () => {
		const { state, detail } = judge({
			'node_modules/a': { version: '1.0.0' },
			'node_modules/a/node_modules/b': { version: '1.0.0' },
		});
		expect({ state, detail }).toEqual({ state: 'ok', detail: '2 packages' });
	});

	it.each([
		['has another version', { 'node_modules/a': { version: '1.0.1' } }],
		['has another nested version', { 'node_modules/a/node_modules/b': { version: '2.0.0' } }],
		['has a package that the lock file lacks', { 'node_modules/c': { version: '1.0.0' } }],
		['is empty', {}],
	])('fails when it %s', (_what, packages) => {
		expect(judge(packages).state).toBe('failed');
	});
});
