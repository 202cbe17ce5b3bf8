import type { Clock } from '../facts/clock';
import { asText, type JsonObject } from '../facts/json';
import type { MailFile } from '../mail/mail';
import type { Exchange } from './exchange';
import { byteRanges, type ByteRange } from './files';
import type { GraphRequest, Transport } from './transport';

/**
 * Bytes of one range: as many as stay below 4 MB however one counts them, in steps of 320 KiB, which
 * Microsoft's upload sessions elsewhere ask for.
 * https://learn.microsoft.com/graph/outlook-large-attachments
 */
const RANGE_BYTES = 12 * 320 * 1024;

/**
 * The upload is complete; or the session takes no more and what it received is lost, because of a
 * refusal or not; or it can go on later.
 */
type UploadEnd = 'done' | { gone: true; refusal?: Exchange } | Exchange;

/** Statuses of an answer that says which range is expected next; 202 is that of other upload hosts. */
const GOES_ON: ReadonlySet<number> = new Set([200, 202]);

/**
 * A file that is being uploaded, in order, one range in memory at a time. The address is on a host of
 * its own (Outlook's, not Graph's) and carries its own permission, so no token is sent with it.
 */
export class UploadSession {
	private readonly url: string;
	readonly host: string;
	private readonly expiresAtMs: number;
	private begun = false;

	/** @param created what Graph answered when it made the session */
	constructor(
		private readonly transport: Transport,
		private readonly file: MailFile,
		private readonly clock: Clock,
		created: JsonObject & { uploadUrl: string },
	) {
		this.url = created.uploadUrl;
		this.host = URL.canParse(this.url) ? new URL(this.url).hostname : '';
		this.expiresAtMs = Date.parse(asText(property(created, 'expirationDateTime')) ?? '');
	}

	/** Uploads from where the host says that it is; called again after a break, it goes on. */
	async carryOn(signal: AbortSignal | undefined): Promise<UploadEnd> {
		let next: number | UploadEnd = this.begun ? await this.askNext(signal) : 0;
		this.begun = true;
		while (typeof next === 'number' && next < this.file.size) {
			const end = await this.uploadFrom(next, signal);
			// The host may skip ahead, but never go back.
			next = typeof end === 'number' && end <= next ? { gone: true } : end;
		}
		return typeof next === 'number' ? { gone: true } : next;
	}

	private async askNext(signal: AbortSignal | undefined): Promise<number | UploadEnd> {
		// A session whose end is not known is asked.
		if (this.clock.now() >= this.expiresAtMs) return { gone: true };
		const exchange = await this.exchange({ method: 'GET', headers: {} }, signal);
		const next = nextExpected(exchange);
		if (next !== undefined) return next;
		// Asking may fail because the last range was taken and its answer was lost.
		return endedSession(exchange) ? { gone: true } : exchange;
	}

	/** @returns the byte that the host wants, where it is not the next one */
	private async uploadFrom(
		from: number,
		signal: AbortSignal | undefined,
	): Promise<number | UploadEnd> {
		for await (const range of byteRanges(this.file, from, RANGE_BYTES)) {
			const exchange = await this.exchange(this.put(range), signal);
			// Only 201 says that the file is complete.
			if (exchange.kind === 'answered' && exchange.answer.status === 201) return 'done';
			const wanted = nextExpected(exchange);
			if (wanted === undefined) {
				return endedSession(exchange) ? { gone: true, refusal: exchange } : exchange;
			}
			if (wanted !== range.start + range.bytes.length) return wanted;
		}
		return { gone: true };
	}

	private put({ start, bytes }: ByteRange): UploadRequest {
		const end = start + bytes.length - 1;
		const headers = {
			'content-type': 'application/octet-stream',
			'content-length': String(bytes.length),
			'content-range': `bytes ${start}-${end}/${this.file.size}`,
		};
		return { method: 'PUT', headers, body: bytes };
	}

	private async exchange(
		request: UploadRequest,
		signal: AbortSignal | undefined,
	): Promise<Exchange> {
		const complete = { ...request, url: this.url, anonymous: true, keepJson: true };
		return { ...(await this.transport.exchange(complete, signal)), uploadHost: this.host };
	}
}

type UploadRequest = Pick<GraphRequest, 'method' | 'headers' | 'body'>;

/**
 * A session that is over, was never there or disagrees about ranges answers with various statuses; in
 * each case a new one is the way out. Not so for a mailbox that is full or takes no such size.
 */
function endedSession(exchange: Exchange): boolean {
	if (exchange.kind !== 'answered') return false;
	const { status } = exchange.answer;
	return status >= 400 && status < 500 && status !== 413 && status !== 429;
}

/** The start of the first of `nextExpectedRanges`: `["3932160-"]` or `["3932160-9999999"]`. */
function nextExpected(exchange: Exchange): number | undefined {
	if (exchange.kind !== 'answered' || !GOES_ON.has(exchange.answer.status)) return undefined;
	const ranges = property(exchange.json, 'nextExpectedRanges');
	const [first] = Array.isArray(ranges) ? (ranges as unknown[]) : [];
	const start = /^(\d+)(?:-|$)/.exec(asText(first) ?? '')?.[1];
	return start === undefined ? undefined : Number(start);
}

/** The upload host writes names in either casing: `nextExpectedRanges`, `NextExpectedRanges`. */
function property(json: JsonObject | undefined, name: string): unknown {
	return json?.[name] ?? json?.[name.charAt(0).toUpperCase() + name.slice(1)];
}
