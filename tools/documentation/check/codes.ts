import { AADSTS_ERRORS } from '#node/explain/aadstsErrors';
import { GRAPH_ERRORS } from '#node/explain/graphErrors';
import { AADSTS } from '#sandbox/entra/aadsts';
import type { Fault, Page } from '../pages';

const SIGN_IN_CODES: ReadonlySet<string> = new Set(
	[...Object.keys(AADSTS_ERRORS), ...Object.keys(AADSTS)].map((number) => `AADSTS${number}`),
);

/** Graph's codes are words that begin so, or that the node's own table knows. */
const LOOKS_LIKE_GRAPH = /\b(?:Error[A-Z]\w+|Mailbox[A-Z]\w+|\w+Throttled|Invalid[A-Z]\w{6,})\b/g;

/** Every error code that a page names is one that the code knows. */
export function checkCodes(pages: readonly Page[]): Fault[] {
	return pages.flatMap(({ path, text }) =>
		text.split('\n').flatMap((content, index) => {
			const fault = (code: string) => ({
				page: path,
				line: index + 1,
				text: `no table of the code knows ${code}`,
			});
			const signIn = [...content.matchAll(/AADSTS\d+/g)].map(([code]) => code);
			const graph = [...content.matchAll(LOOKS_LIKE_GRAPH)].map(([code]) => code);
			return [
				...signIn.filter((code) => !SIGN_IN_CODES.has(code)).map(fault),
				...graph.filter((code) => !Object.hasOwn(GRAPH_ERRORS, code)).map(fault),
			];
		}),
	);
}
