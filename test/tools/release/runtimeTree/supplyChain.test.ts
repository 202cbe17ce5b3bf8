import { judgeAudit } from '#tools/release/runtimeTree/audit';
import { judgeLicences, licenceList } from '#tools/release/runtimeTree/licences';
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

describe('the licences', () => {
	const component = (name: string, licence: object) => ({
		name,
		version: '1.0.0',
		licenses: [licence],
	});
	const judge = (...licences: object[]) =>
		judgeLicences({
			bomFormat: 'CycloneDX',
			components: licences.map((licence, index) => component(`p${index}`, licence)),
		});

	it.each([
		[{ license: { id: 'MIT' } }, 'ok'],
		[{ expression: '(MIT OR GPL-3.0-only)' }, 'ok'],
		[{ expression: 'MIT AND GPL-3.0-only' }, 'failed'],
		[{ license: { id: 'GPL-3.0-only' } }, 'failed'],
		[{ license: {} }, 'failed'],
	])('%j is %s', (licence, state) => {
		expect(judge(licence).state).toBe(state);
	});

	it('make a file with a line for each component', () => {
		const components = [
			component('short', { license: { id: 'MIT' } }),
			component('a-longer-name', {}),
		];
		expect(licenceList({ bomFormat: 'CycloneDX', components })).toBe(
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

it('shows npm the package as a user installs it', () => {
	const dependencies = { a: '1.0.0' };
	const manifest = { name: 'x', dependencies, devDependencies: { b: '1' }, scripts: {} };
	expect(manifestForUsers(manifest)).toEqual({ name: 'x', dependencies });
});
