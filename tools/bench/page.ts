/**
 * A page with one of its measured parts written anew; the rest stays.
 *
 * @throws when the page has no such part
 */
export function withPart(page: string, name: string, text: string): string {
	const begin = `<!-- measured: ${name} -->\n`;
	const start = page.indexOf(begin);
	const end = page.indexOf('<!-- end of measured -->', start);
	if (start < 0 || end < 0) throw new Error(`The page has no part "${name}"`);
	return `${page.slice(0, start)}${begin}\n${text.trim()}\n\n${page.slice(end)}`;
}
