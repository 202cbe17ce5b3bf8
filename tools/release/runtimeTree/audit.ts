import { failed, ok, warning, type Finding } from '../step';
import { EXPLAINED_ADVISORIES } from './explainedAdvisories';

interface Advisory {
	url?: string;
	title?: string;
	severity?: string;
}

/** What `npm audit --json` answers; `message` where the registry does not do audits. */
export interface AuditAnswer {
	message?: string;
	vulnerabilities?: Record<string, { via: Array<Advisory | string> }>;
}

/** Clean, or each advisory explained. */
export function judgeAudit(
	{ vulnerabilities, message }: AuditAnswer,
	explained: Readonly<Record<string, string>> = EXPLAINED_ADVISORIES,
): Finding {
	if (!vulnerabilities)
		return warning('the registry of this machine does not answer audits', [
			`npm says: ${message ?? 'nothing'}`,
			'GitHub asks npm’s own registry, on every push and before every release (check.yml, publish.yml).',
		]);
	const advisories = Object.entries(vulnerabilities).flatMap(([dependency, { via }]) =>
		// A plain name only repeats the advisory of a dependency further down.
		via.flatMap((advisory) => (typeof advisory === 'string' ? [] : [{ dependency, ...advisory }])),
	);
	const open = advisories.filter(({ url }) => !Object.hasOwn(explained, idOf(url)));
	const lines = advisories.map(({ dependency, url, severity, title }) => {
		const reason = explained[idOf(url)];
		return `${dependency}: ${idOf(url)}, ${severity}, ${title}${reason ? `; explained: ${reason}` : ''}`;
	});
	if (open.length > 0) return failed(`${open.length} advisories are not explained`, lines);
	return ok(advisories.length === 0 ? 'clean' : `${advisories.length} explained`, lines);
}

/** The last part of an advisory's address, such as `GHSA-xxxx-xxxx-xxxx`. */
function idOf(url: string | undefined): string {
	return url?.split('/').at(-1) ?? '';
}
