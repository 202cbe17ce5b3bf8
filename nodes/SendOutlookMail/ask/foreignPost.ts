/**
 * Whether a form was posted by another site's page. Browsers say so in `Sec-Fetch-Site`; older ones
 * name the origin. A client that sends neither is no browser, and has nobody's session to misuse.
 * https://www.w3.org/TR/fetch-metadata/
 *
 * @param ownUrl any address of this n8n as people reach it
 */
export function isForeignPost(headers: Readonly<Record<string, unknown>>, ownUrl: string): boolean {
	const site = headers['sec-fetch-site'];
	if (typeof site === 'string') return site !== 'same-origin' && site !== 'none';
	const { origin, host } = headers;
	if (typeof origin !== 'string') return false;
	const given = originOf(origin);
	// Behind a proxy, the host may be the one that people see or the one inside.
	return given?.origin !== originOf(ownUrl)?.origin && (!given || given.host !== host);
}

function originOf(url: string): URL | undefined {
	try {
		return new URL(url);
	} catch {
		// `null`, or nothing that a browser sends.
		return undefined;
	}
}
