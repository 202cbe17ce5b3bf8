import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { PACKAGE_FOLDER } from '../../kit/folders';
import type { Fault, Page } from '../pages';

/** Whether a path of the project is there. */
export type Exists = (path: string) => boolean;

const inProject: Exists = (path) => existsSync(join(PACKAGE_FOLDER, path));

/**
 * Follows every link between the pages, anchors too. Of a link to elsewhere only the form is looked
 * at: a check that needs the internet fails for reasons that are not the page's.
 */
export function checkLinks(pages: readonly Page[], exists: Exists = inProject): Fault[] {
	return pages.flatMap((page) =>
		page.links.flatMap(({ target, line }) => {
			const text = /^[a-z][a-z0-9+.-]*:/i.test(target)
				? faultOfUrl(target)
				: faultOfPath(target, page, pages, exists);
			return text ? [{ page: page.path, line, text: `${text}: ${target}` }] : [];
		}),
	);
}

function faultOfUrl(target: string): string | undefined {
	if (!URL.canParse(target)) return 'not a URL';
	const { protocol, hostname } = new URL(target);
	if (protocol === 'mailto:') return undefined;
	if (protocol !== 'https:') return 'a link to elsewhere begins with https';
	return /^[\w-]+(?:\.[\w-]+)+$/.test(hostname) ? undefined : 'not a public host';
}

function faultOfPath(
	target: string,
	page: Page,
	pages: readonly Page[],
	exists: Exists,
): string | undefined {
	const [path = '', anchor] = target.split('#');
	const wanted =
		path === ''
			? page.path
			: posix.normalize(posix.join(posix.dirname(page.path), decodeURIComponent(path)));
	if (wanted.startsWith('..')) return 'leads out of the project';
	if (!exists(wanted)) return 'there is no such file';
	if (anchor === undefined) return undefined;
	const linked = pages.find((other) => other.path === wanted);
	if (!linked) return 'an anchor in something that is no page';
	return linked.anchors.includes(anchor) ? undefined : 'there is no such heading';
}
