import { readMarkdown } from '../../documentation/markdown';
import type { Page } from '../../documentation/pages';

/** A page with this text. */
export function page(path: string, text: string): Page {
	return { path, text, ...readMarkdown(text) };
}
