import type { GraphAnswer, JsonObject } from './answer';
import type { Exchange } from './exchange';
import { byteRanges, type ByteRange, type DraftFile } from './fileContent';
import type { Transport } from './transport';

/**
 * Bytes of one range: as many as stay below 4 MB however one counts them, in steps of 320 KiB, which
 * Microsoft's upload sessions elsewhere ask for.
 * https://learn.microsoft.com/graph/outlook-large-attachments
 */
export const RANGE_BYTES = 12 * 320 * 1024;

/** `gone`: the session takes no more, and what it got is lost. */
export type UploadEnd = 'done' | 'gone' | Exchange;

/**
 * A file on its way up, in order, one range in memory at a time. The address of the session carries
 * its own permission, so that no token travels with it.
 */
export class UploadSession {
	private begun = false;

	constructor(
		private readonly transport: Transport,
		private readonly uploadUrl: string,
		private readonly file: DraftFile,
	) {}

	/** Uploads from where Graph says that it is; called again after a break, it goes on. */
	async carryOn(signal: AbortSignal | undefined): Promise<UploadEnd> {
		let from = 0;
		if (this.begun) {
			const asked = await this.askNext(signal);
			if (typeof asked !== 'number') return asked;
			from = asked;
		}
		this.begun = true;
		while (from < this.file.size) {
			const end = await this.uploadFrom(from, signal);
			if (typeof end !== 'number') return end;
			// Graph wants another part than the next one. It may skip, but never send us in circles.
			if (end <= from) return 'gone';
			from = end;
		}
		return 'gone';
	}

	private async askNext(signal: AbortSignal | undefined): Promise<number | 'gone' | Exchange> {
		const exchange = await this.transport.exchange(
			{ method: 'GET', url: this.uploadUrl, headers: {}, anonymous: true, keepJson: true },
			signal,
		);
		if (exchange.kind !== 'answered') return exchange;
		if (exchange.answer.status !== 200) return this.refusal(exchange, exchange.answer);
		return nextExpected(exchange.json) ?? 'gone';
	}

	/** @returns the byte that Graph wants, where it is not the next one */
	private async uploadFrom(
		from: number,
		signal: AbortSignal | undefined,
	): Promise<number | UploadEnd> {
		const { size, name } = this.file;
		for await (const range of byteRanges(this.file.read(), {
			from,
			size,
			rangeBytes: RANGE_BYTES,
			name,
		})) {
			const exchange = await this.put(range, signal);
			if (exchange.kind !== 'answered') return exchange;
			const { answer } = exchange;
			const next = range.start + range.bytes.length;
			if (answer.status === 201 || (answer.status === 200 && next === size)) return 'done';
			const wanted = answer.status === 200 ? nextExpected(exchange.json) : undefined;
			if (wanted === undefined) return this.refusal(exchange, answer);
			if (wanted !== next) return wanted;
		}
		return 'gone';
	}

	private async put(
		{ start, bytes }: ByteRange,
		signal: AbortSignal | undefined,
	): Promise<Exchange> {
		const end = start + bytes.length - 1;
		return await this.transport.exchange(
			{
				method: 'PUT',
				url: this.uploadUrl,
				headers: {
					'content-type': 'application/octet-stream',
					'content-length': String(bytes.length),
					'content-range': `bytes ${start}-${end}/${this.file.size}`,
				},
				body: bytes,
				anonymous: true,
				keepJson: true,
			},
			signal,
		);
	}

	/**
	 * A session that is over, was never there or disagrees about ranges says so with various statuses;
	 * in each case a new one is the way out. Not so for a mailbox that is full or takes no such size.
	 */
	private refusal(exchange: Exchange, { status }: GraphAnswer): 'gone' | Exchange {
		const over = status >= 400 && status < 500 && status !== 413 && status !== 429;
		return over ? 'gone' : exchange;
	}
}

/** The start of the first of `nextExpectedRanges`: `["3932160-"]` or `["3932160-9999999"]`. */
function nextExpected(json: JsonObject | undefined): number | undefined {
	const ranges = json?.nextExpectedRanges;
	const first: unknown = Array.isArray(ranges) ? ranges[0] : undefined;
	const start = /^(\d+)(?:-|$)/.exec(String(first ?? ''))?.[1];
	return start === undefined ? undefined : Number(start);
}
