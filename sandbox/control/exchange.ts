import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** One JSON request to a sandbox in another process. */
export async function exchange<Answer>(
	url: URL,
	ca: string | undefined,
	body?: unknown,
): Promise<Answer> {
	const request = url.protocol === 'https:' ? requestHttps : requestHttp;
	const text = body === undefined ? undefined : JSON.stringify(body);
	return await new Promise<Answer>((resolve, reject) => {
		const sent = request(url, {
			method: text === undefined ? 'GET' : 'POST',
			agent: false,
			...(ca === undefined ? {} : { ca }),
			headers: text === undefined ? {} : { 'content-type': 'application/json' },
		});
		sent.once('error', reject);
		sent.once('response', (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.once('error', reject);
			response.once('end', () => {
				const answer = Buffer.concat(chunks).toString('utf8');
				if (response.statusCode === 200) resolve(JSON.parse(answer) as Answer);
				else reject(new Error(`The sandbox answers ${response.statusCode}: ${answer}`));
			});
		});
		sent.end(text);
	});
}
