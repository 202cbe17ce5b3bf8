import { failed, ok, type Finding } from '../step';
import type { Sbom } from './sbom';

/** Licences that ask of a user no more than to keep the notice. */
const PERMISSIVE: ReadonlySet<string> = new Set([
	'0BSD',
	'Apache-2.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'BlueOak-1.0.0',
	'ISC',
	'MIT',
]);

/** Lists who is under which licence; fails for one that nobody has looked at. */
export function judgeLicences(sbom: Sbom): Finding {
	const byLicence = new Map<string, string[]>();
	for (const { component, licence } of licencesOf(sbom))
		byLicence.set(licence, [...(byLicence.get(licence) ?? []), component]);
	const lines = [...byLicence].map(([licence, names]) => `${licence}: ${names.join(', ')}`);
	const strangers = [...byLicence.keys()].filter((licence) => !isPermissive(licence));
	if (strangers.length > 0) return failed(`not looked at: ${strangers.join(', ')}`, lines);
	const counts = [...byLicence].map(([licence, names]) => `${names.length} ${licence}`);
	return ok(counts.join(', '), lines);
}

/** One line for each run-time dependency, as a file for whoever has to approve them. */
export function licenceList(sbom: Sbom): string {
	const rows = licencesOf(sbom);
	const width = Math.max(...rows.map(({ component }) => component.length));
	return rows.map(({ component, licence }) => `${component.padEnd(width)}  ${licence}\n`).join('');
}

function licencesOf({ components }: Sbom): Array<{ component: string; licence: string }> {
	return components.map(({ name, version, licenses = [] }) => ({
		component: `${name} ${version}`,
		licence:
			licenses.map((entry) => entry.expression ?? entry.license?.id ?? '?').join(' AND ') || 'none',
	}));
}

/** Of an expression with OR, one licence is enough; with AND, all are needed. */
function isPermissive(expression: string): boolean {
	return expression
		.replace(/[()]/g, '')
		.split(' AND ')
		.every((part) => part.split(' OR ').some((licence) => PERMISSIVE.has(licence.trim())));
}
