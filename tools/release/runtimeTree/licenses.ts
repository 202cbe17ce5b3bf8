import { failed, ok, type Finding } from '../step';
import type { Sbom } from './sbom';

/** Licenses that ask of a user no more than to keep the notice. */
const PERMISSIVE: ReadonlySet<string> = new Set([
	'0BSD',
	'Apache-2.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'BlueOak-1.0.0',
	'ISC',
	'MIT',
	'PSF-2.0',
]);

/** Lists who is under which license; fails for one that nobody has looked at. */
export function judgeLicenses(sbom: Sbom): Finding {
	const byLicense = new Map<string, string[]>();
	for (const { component, license } of licensesOf(sbom))
		byLicense.set(license, [...(byLicense.get(license) ?? []), component]);
	const lines = [...byLicense].map(([license, names]) => `${license}: ${names.join(', ')}`);
	const strangers = [...byLicense.keys()].filter((license) => !isPermissive(license));
	if (strangers.length > 0) return failed(`not looked at: ${strangers.join(', ')}`, lines);
	const counts = [...byLicense].map(([license, names]) => `${names.length} ${license}`);
	return ok(counts.join(', '), lines);
}

/** One line for each run-time dependency, as a file for the person who has to approve them. */
export function licenseList(sbom: Sbom): string {
	const rows = licensesOf(sbom);
	const width = Math.max(...rows.map(({ component }) => component.length));
	return rows.map(({ component, license }) => `${component.padEnd(width)}  ${license}\n`).join('');
}

function licensesOf({ components }: Sbom): Array<{ component: string; license: string }> {
	return components.map(({ name, version, licenses = [] }) => ({
		component: `${name} ${version}`,
		license:
			licenses.map((entry) => entry.expression ?? entry.license?.id ?? '?').join(' AND ') || 'none',
	}));
}

/** Of an expression with OR, one license is enough; with AND, all are needed. */
function isPermissive(expression: string): boolean {
	return expression
		.replace(/[()]/g, '')
		.split(' AND ')
		.every((part) => part.split(' OR ').some((license) => PERMISSIVE.has(license.trim())));
}
