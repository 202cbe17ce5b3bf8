import { FACT_NAMES, FACTS } from '#sandbox/facts';
import type { Observation, Verdict } from './observation';

/** What the report may say of the place where it was made. */
export interface ReportHeading {
	date: Date;
	version: string;
	cloudInstance: string;
	/** `true`: the sandbox stood in for the tenant. */
	rehearsed: boolean;
	/** What must not stand in the report: addresses, IDs of tenant and app. */
	withheld: readonly string[];
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
	asExpected: 'as expected',
	differs: '**DIFFERS**',
	notSeen: 'did not occur',
	notTried: 'not tried',
};

const PROVES: Readonly<Record<Verdict, string>> = {
	asExpected: '✓ confirmed here',
	differs: '✗ contradicted here',
	notSeen: '· did not occur here',
	notTried: '– still open',
};

/** For the screen: what an observation proves about a fact. */
export function resultLine({ fact, where, verdict, seen }: Observation): string {
	const { says, certainty } = FACTS[fact];
	return `  ${PROVES[verdict]} (${certainty}): ${says} [${where}: ${seen.replace(/\s+/g, ' ')}]`;
}

/** A page to read, and to send to the makers of the package. */
export function writeReport(
	observations: readonly Observation[],
	{ date, version, cloudInstance, rehearsed, withheld }: ReportHeading,
): string {
	const differing = observations.filter(({ verdict }) => verdict === 'differs');
	const lines = [
		`# Smoke report of ${date.toISOString().slice(0, 10)}`,
		'',
		`Version ${version}, cloud instance ${cloudInstance}.`,
		...(rehearsed ? ['', '**A rehearsal: the sandbox stood in for the tenant.**'] : []),
		'',
		differing.length === 0
			? 'Nothing that was tried differs from what we expect of Microsoft.'
			: `${differing.length} observations differ from what we expect of Microsoft.`,
		'',
		'| Expected | How sure so far | Tried by | Seen | |',
		'| --- | --- | --- | --- | --- |',
		...rows(observations),
		'',
		'Addresses, tenant and client ID are left out. Request IDs are Microsoft’s.',
		'',
	];
	return withhold(lines.join('\n'), withheld);
}

function rows(observations: readonly Observation[]): string[] {
	return FACT_NAMES.flatMap((name) => {
		const { says, certainty } = FACTS[name];
		const seen = observations.filter(({ fact }) => fact === name);
		if (seen.length === 0) return [row([says, certainty, '–', '–', VERDICTS.notTried])];
		return seen.map(({ where, seen: what, verdict }) =>
			row([says, certainty, where, what, VERDICTS[verdict]]),
		);
	});
}

function row(cells: readonly string[]): string {
	return `| ${cells.map((cell) => cell.replace(/\s+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Also where Microsoft's own words repeat it. */
function withhold(text: string, withheld: readonly string[]): string {
	return withheld
		.filter((secret) => secret !== '')
		.reduce((rest, secret) => rest.replaceAll(new RegExp(escape(secret), 'gi'), '…'), text);
}

function escape(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
