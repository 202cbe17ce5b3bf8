import type { Random } from './random';

/** What a server, or something in between, may write in place of a proper answer. */
export interface FuzzAnswer {
	/** The bytes on the wire. */
	bytes: Buffer;
	/** The status that a reader can see; undefined when there is no proper head. */
	status: number | undefined;
	/** Whether the answer is complete, so that a 202 has to count, unless it is a page. */
	complete: boolean;
	/** Whether it is HTML, which Graph never sends. */
	page: boolean;
	/** Whether the connection stays after it. */
	keepAlive: boolean;
}

const STATUSES = [
	200, 201, 202, 202, 202, 204, 206, 301, 302, 307, 400, 400, 401, 403, 404, 407, 408, 409, 413,
	418, 429, 429, 431, 451, 500, 501, 502, 503, 503, 504, 507, 511, 599, 999,
];

const RETRY_AFTER = [
	'0',
	'1',
	'120',
	'-1',
	'1e9',
	'9'.repeat(400),
	'NaN',
	'Infinity',
	'soon',
	'',
	' ',
	'1, 2',
	'0.0001',
	'٣',
	'Sun, 22 Nov 2026 10:00:00 GMT',
	'Sat, 01 Jan 9999 00:00:00 GMT',
	'Thu, 01 Jan 1970 00:00:00 GMT',
	'2026-11-22',
	'null',
	'0x10',
];

const CONTENT_TYPES = [
	'application/json',
	'text/html',
	'text/plain; charset=utf-16',
	'application/octet-stream',
	'image/png',
	'nonsense',
	'application/json; charset=nonsense',
	'multipart/mixed; boundary=x',
];

const CODES = [
	'ErrorAccessDenied',
	'ErrorInvalidRecipients',
	'ErrorOfTomorrow',
	'__proto__',
	'constructor',
	'toString',
	'',
	'x'.repeat(5000),
	'<script>',
	'\u0000',
	'AADSTS50173',
];

export function fuzzAnswer(random: Random): FuzzAnswer {
	if (random.chance(0.04)) return noHead(random);
	const status = random.pick(STATUSES);
	const body = bodyOf(random);
	const lines = [`HTTP/1.1 ${status} ${random.pick(['OK', 'Accepted', '', 'Ünïcode'])}`];
	const type = random.chance(0.5) ? random.pick(CONTENT_TYPES) : undefined;
	if (type !== undefined) lines.push(`Content-Type: ${type}`);
	if (random.chance(0.5)) lines.push(`Retry-After: ${random.pick(RETRY_AFTER)}`);
	if (random.chance(0.3)) lines.push(`request-id: ${'r'.repeat(random.below(200))}`);
	if (random.chance(0.3)) lines.push(`Date: ${random.pick(RETRY_AFTER)}`);

	const truncated = body.length > 0 && random.chance(0.15);
	const framing = random.pick(['length', 'length', 'chunked', 'close'] as const);
	const closes = framing === 'close' || truncated || random.chance(0.1);
	if (closes) lines.push('Connection: close');
	const sent = truncated ? body.subarray(0, random.below(body.length)) : body;
	if (framing === 'length') lines.push(`Content-Length: ${body.length}`);
	if (framing === 'chunked') lines.push('Transfer-Encoding: chunked');
	// A status that has no body ends its answer with the head.
	const bodiless = status === 204;
	const payload = bodiless
		? Buffer.alloc(0)
		: framing === 'chunked'
			? chunked(sent, truncated)
			: sent;
	return {
		bytes: Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), payload]),
		status,
		complete: !truncated,
		page: body.length > 0 && (type === 'text/html' || body.includes('<!doctype html>')),
		keepAlive: !closes && !bodiless,
	};
}

/** Not HTTP, half a head, or nothing: nobody can tell what it means. */
function noHead(random: Random): FuzzAnswer {
	const bytes = random.pick([
		Buffer.alloc(0),
		Buffer.from('HTTP/1.1 202 Acc'),
		Buffer.from('HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n'),
		Buffer.from('HTTP/1.1 abc Accepted\r\n\r\n'),
		Buffer.from('202 Accepted\r\n\r\n'),
		Buffer.from('<html>202 Accepted</html>'),
		Buffer.from(`HTTP/1.1 202 Accepted\r\nX: ${'x'.repeat(100_000)}`),
		random.bytes(64),
	]);
	return { bytes, status: undefined, complete: false, page: false, keepAlive: false };
}

function bodyOf(random: Random): Buffer {
	const json = JSON.stringify(jsonOf(random));
	const kind = random.below(12);
	if (kind < 3) return Buffer.alloc(0);
	if (kind < 7) return Buffer.from(json);
	if (kind === 7) return Buffer.from(json.slice(0, random.below(json.length)));
	if (kind === 8)
		return Buffer.from('<!doctype html><html><body>202 Accepted by the proxy</body></html>');
	if (kind === 9) return random.bytes(random.below(300));
	if (kind === 10) return Buffer.from('null');
	return random.chance(0.03)
		? Buffer.alloc(3 * 1024 * 1024, json)
		: Buffer.from('['.repeat(random.below(5000)));
}

function jsonOf(random: Random): unknown {
	const code = random.pick<unknown>([...CODES, 42, null, {}, ['ErrorAccessDenied']]);
	const message = random.pick<unknown>([
		'As Microsoft puts it',
		'',
		7,
		null,
		{},
		'<b>bold</b>',
		'm'.repeat(20_000),
	]);
	return random.pick<unknown>([
		{
			error: {
				code,
				message,
				innerError: { 'request-id': random.pick(['r', 7, null]), date: 'x' },
			},
		},
		{ error: { code, message, innerError: null } },
		{ error: String(code) },
		{ error: null },
		{},
		[],
		'text',
		{ error: 'invalid_grant', error_description: 'AADSTS50173: revoked', error_codes: ['x'] },
	]);
}

function chunked(body: Buffer, truncated: boolean): Buffer {
	const head = Buffer.from(`${body.length.toString(16)}\r\n`);
	const end = Buffer.from(truncated ? '' : `\r\n0\r\n\r\n`);
	return body.length === 0 ? end.subarray(truncated ? 0 : 2) : Buffer.concat([head, body, end]);
}
