import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';
import { failed, ok, warning, type Finding, type Step } from '../step';

export const changelog: Step = {
	name: 'version',
	claim: 'package.json, tag and changelog agree',
	run: async ({ given, manifest }) =>
		judgeVersion({
			version: manifest.version,
			tag: given.tag,
			changelog: await readFile(join(PACKAGE_FOLDER, 'CHANGELOG.md'), 'utf8'),
		}),
};

export interface VersionFacts {
	version: string;
	tag: string | undefined;
	/** In the form of Keep a Changelog. */
	changelog: string;
}

/** A version that goes out has a dated section of its own with something in it. */
export function judgeVersion({ version, tag, changelog: text }: VersionFacts): Finding {
	if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
		return failed(`${version} is not a semantic version`);
	if (tag !== undefined && tag !== `v${version}`)
		return failed(`the tag is ${tag}, and package.json says ${version}`);
	const section = sectionOf(text, version);
	if (section) {
		if (!/^\d{4}-\d{2}-\d{2}$/.test(section.date ?? ''))
			return failed(`the section ${version} has no date (YYYY-MM-DD)`);
		if (section.entries === 0) return failed(`the section ${version} is empty`);
		return ok(`${version} of ${section.date}, ${entries(section.entries)}`);
	}
	const unreleased = sectionOf(text, 'Unreleased');
	if (!unreleased || unreleased.entries === 0)
		return failed(`the changelog has neither a section ${version} nor unreleased entries`);
	return warning(
		`${entries(unreleased.entries)} stand under Unreleased: name the section ${version} and date it before the release`,
	);
}

function entries(count: number): string {
	return count === 1 ? '1 entry' : `${count} entries`;
}

interface Section {
	date: string | undefined;
	/** How many list items it has. */
	entries: number;
}

function sectionOf(changelogText: string, name: string): Section | undefined {
	const parts = changelogText.split(/^## /m).slice(1);
	for (const part of parts) {
		const [heading = '', ...lines] = part.split('\n');
		const match = /^\[?([^\]\s]+)\]?(?:\s+-\s+(\S+))?\s*$/.exec(heading);
		if (match?.[1] !== name) continue;
		return { date: match[2], entries: lines.filter((line) => line.startsWith('- ')).length };
	}
	return undefined;
}
