/** An answer of Microsoft to a request that the smoke run made itself. */
export interface GraphAnswer {
	status: number;
	headers: Headers;
	json: Record<string, unknown>;
	/** Of an error. */
	code: string;
	message: string;
}

/** Requests to Graph with the token of the linked account, without the node between. */
export class GraphCaller {
	constructor(
		private readonly graphOrigin: string,
		private readonly token: string,
	) {}

	async call(
		method: 'GET' | 'POST' | 'DELETE',
		path: string,
		body?: unknown,
	): Promise<GraphAnswer> {
		return await ask(`${this.graphOrigin}/v1.0${path}`, {
			method,
			headers: {
				authorization: `Bearer ${this.token}`,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
	}

	/** Gives `work` a draft, and removes it afterwards. */
	async withDraft<T>(work: (path: string, created: GraphAnswer) => Promise<T>): Promise<T> {
		const created = await this.call('POST', '/me/messages', { subject: 'Smoke: a draft' });
		const { id } = created.json;
		if (typeof id !== 'string') throw new Error(`There is no draft (${describe(created)})`);
		const path = `/me/messages/${encodeURIComponent(id)}`;
		try {
			return await work(path, created);
		} finally {
			await this.call('DELETE', path);
		}
	}
}

/** One range of a file, to the address of an upload session: without a token. */
export async function uploadRange(
	url: string,
	bytes: Uint8Array<ArrayBuffer>,
	{ from, size }: { from: number; size: number },
): Promise<GraphAnswer> {
	return await ask(url, {
		method: 'PUT',
		headers: {
			'content-type': 'application/octet-stream',
			'content-range': `bytes ${from}-${from + bytes.length - 1}/${size}`,
		},
		body: bytes,
	});
}

export async function ask(url: string, request: RequestInit = {}): Promise<GraphAnswer> {
	const response = await fetch(url, request);
	const json = readJson(await response.text());
	const { error, error_description: description } = json as {
		error?: { code?: unknown; message?: unknown } | string;
		error_description?: unknown;
	};
	const { code, message } =
		typeof error === 'object' ? error : { code: error, message: description };
	return {
		status: response.status,
		headers: response.headers,
		json,
		code: typeof code === 'string' ? code : '',
		message: typeof message === 'string' ? message : '',
	};
}

function readJson(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	} catch {
		// An empty body, or a page of something between.
		return {};
	}
}

export function describe({ status, code, message }: GraphAnswer): string {
	return [`status ${status}`, code, message.slice(0, 160)].filter(Boolean).join(', ');
}
