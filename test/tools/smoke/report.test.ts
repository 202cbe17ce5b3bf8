import { FACTS } from '#sandbox/facts';
import type { Observation } from '#tools/smoke/observation';
import { resultLine, writeReport } from '#tools/smoke/report';

const heading = {
	date: new Date('2027-01-31T12:00:00Z'),
	version: '1.2.0',
	cloudInstance: 'global',
	rehearsed: false,
	withheld: ['jane@contoso.com', 'contoso.com', '11111111-2222-3333-4444-555555555555', ''],
};
const observation = (changes: Partial<Observation> = {}): Observation => ({
	fact: 'sensitivity',
	where: 'Important and private',
	verdict: 'asExpected',
	seen: '1 accepted',
	...changes,
});

describe('the report', () => {
	it('has a line for every fact, also for those that nobody tried', () => {
		const report = writeReport([observation()], heading);
		for (const { says } of Object.values(FACTS)) expect(report).toContain(says);
		expect(report.match(/\| not tried \|/g)).toHaveLength(Object.keys(FACTS).length - 1);
		expect(report).toContain('Nothing that was tried differs');
	});

	it('says where Microsoft differs', () => {
		const report = writeReport([observation({ verdict: 'differs', seen: 'no mark' })], heading);
		expect(report).toContain('1 observations differ');
		expect(report).toMatch(/\| no mark \| \*\*DIFFERS\*\* \|/);
	});

	it('withholds addresses and IDs, also inside Microsoft’s own words', () => {
		const seen =
			'Jane@Contoso.com is unknown in 11111111-2222-3333-4444-555555555555 | contoso.com';
		const report = writeReport([observation({ seen })], heading);
		expect(report).toMatch(/… is unknown in … \\\| …/);
		expect(report).not.toMatch(/contoso|1111/i);
	});

	it('says when it was only rehearsed', () => {
		expect(writeReport([], { ...heading, rehearsed: true })).toContain('A rehearsal');
		expect(writeReport([], heading)).not.toContain('rehearsal');
	});
});

it.each([
	['asExpected', '✓ confirmed here'],
	['differs', '✗ contradicted here'],
	['notSeen', '· did not occur here'],
	['notTried', '– still open'],
] as const)('prints for %s what it proves', (verdict, proof) => {
	expect(resultLine(observation({ verdict, seen: 'x' }))).toBe(
		`  ${proof} (reported): ${FACTS.sensitivity.says} [Important and private: x]`,
	);
});
