import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface BrowserPage {
	readonly url: string;
	readonly status: number;
	readonly location: string | undefined;
	readonly html: string;
}

/** As little of a browser as a person needs to sign in: cookies, pages, forms. */
export class Browser {
	private readonly cookies = new Map<string, string>();

	constructor(private readonly ca?: string) {}

	async get(url: string): Promise<BrowserPage> {
		return await this.send('GET', url);
	}

	async post(url: string, fields: Readonly<Record<string, string>>): Promise<BrowserPage> {
		return await this.send('POST', url, new URLSearchParams(fields).toString());
	}

	private async send(method: string, url: string, body?: string): Promise<BrowserPage> {
		const target = new URL(url);
		const request = target.protocol === 'https:' ? requestHttps : requestHttp;
		return await new Promise((resolve, reject) => {
			const sent = request(target, {
				method,
				agent: false,
				...(this.ca === undefined ? {} : { ca: this.ca }),
				headers: {
					cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
					...(body === undefined
						? {}
						: {
								'content-type': 'application/x-www-form-urlencoded',
								'content-length': Buffer.byteLength(body),
							}),
				},
			});
			sent.once('error', reject);
			sent.once('response', (response) => {
				for (const line of response.headers['set-cookie'] ?? []) this.keep(line);
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.once('error', reject);
				response.once('end', () => {
					resolve({
						url,
						status: response.statusCode ?? 0,
						location: response.headers.location,
						html: Buffer.concat(chunks).toString('utf8'),
					});
				});
			});
			sent.end(body);
		});
	}

	private keep(line: string): void {
		const [pair = ''] = line.split(';', 1);
		const equals = pair.indexOf('=');
		this.cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
	}
}
