/** What the robot did with one link. */
export interface Scan {
	requests: number;
	/** Pages of a link that a GET got with status 200. */
	pages: number;
	/** Scripts that those pages hold; the robot would have run them. */
	scripts: number;
}

const BROWSER =
	'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0';

/** What mail gateways and chat programs are seen to send before a person has clicked. */
const VISITS: ReadonlyArray<{ method: string; headers: Record<string, string> }> = [
	{ method: 'HEAD', headers: {} },
	{ method: 'GET', headers: { 'user-agent': '' } },
	{ method: 'GET', headers: { 'user-agent': 'BingPreview/1.0b' } },
	{
		method: 'GET',
		headers: { 'user-agent': BROWSER, accept: 'text/html', 'accept-language': 'en-US,en;q=0.9' },
	},
	{ method: 'GET', headers: { 'user-agent': BROWSER, 'sec-purpose': 'prefetch;prerender' } },
	{ method: 'OPTIONS', headers: { origin: 'https://gateway.example' } },
];

/**
 * Visits the links of an email as a scanner of a mail gateway does, and every link on the pages that
 * it gets. It submits no form: that is what a person does.
 */
export async function scanLinks(links: readonly string[]): Promise<Scan> {
	const scan: Scan = { requests: 0, pages: 0, scripts: 0 };
	const seen = new Set<string>();
	const queue = [...links];
	for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
		if (seen.has(url)) continue;
		seen.add(url);
		for (const { method, headers } of VISITS) {
			scan.requests += 1;
			const response = await fetch(url, { method, headers, redirect: 'follow' });
			const text = await response.text();
			if (method !== 'GET' || response.status !== 200) continue;
			scan.pages += 1;
			scan.scripts += text.match(/<script/gi)?.length ?? 0;
			queue.push(...linksOn(text, url));
		}
	}
	return scan;
}

/** Links, forms without fields to fill, frames and images, on the same server. */
function linksOn(html: string, base: string): string[] {
	const { origin } = new URL(base);
	return [...html.matchAll(/\b(?:href|src|action)="([^"#][^"]*)"/g)].flatMap(([, target]) => {
		const url = new URL((target ?? '').replaceAll('&amp;', '&'), base);
		return url.origin === origin ? [url.href] : [];
	});
}
