import { readMarkdown } from '#tools/documentation/markdown';
import type { Page } from '#tools/documentation/pages';

/** A page with this text. */
export function page(path: string, text: string): Page {
	return { path, text, ...readMarkdown(text) };
}
