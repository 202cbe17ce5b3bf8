import type { Message } from '@microsoft/microsoft-graph-types';
import { answered, broken, whilePreparing, type Exchange, type MailIdentity } from './exchange';
import { toAttachmentItem, toFileAttachment } from './fileAttachment';
import type { GraphClient } from './graphClient';
import { readBase64, type DraftFile } from './fileContent';
import type { Transport } from './transport';
import { UploadSession } from './uploadSession';

/** A mail that is too large for one request. */
export interface DraftOrder {
	/** Without its files. */
	message: Message;
	files: ReadonlyArray<DraftFile & { travels: 'ownRequest' | 'uploadSession' }>;
}

/**
 * A mail that travels through the Drafts folder: made, filled with its files, sent. An attempt goes
 * on where the last one broke. Only the last step, the sending, can have sent the mail; of every
 * other step the exchange says that it was `preparing`.
 * https://learn.microsoft.com/graph/outlook-large-attachments
 */
export class DraftedMail {
	private draft: (MailIdentity & { path: string }) | undefined;
	private filesDone = 0;
	private upload: UploadSession | undefined;

	constructor(
		private readonly graph: GraphClient,
		private readonly transport: Transport,
		private readonly order: DraftOrder,
	) {}

	async attempt(clientRequestId: string, signal?: AbortSignal): Promise<Exchange> {
		const obstacle =
			(await this.create(clientRequestId, signal)) ??
			(await this.attachFiles(clientRequestId, signal));
		if (obstacle) return whilePreparing(obstacle);
		const { path, ...mail } = this.draft!;
		const exchange = await this.graph.call('POST', `${path}/send`, {
			headers: headersWith(clientRequestId),
			signal,
		});
		return { ...exchange, mail };
	}

	/**
	 * Removes the draft, whatever it holds by now. Goes on after a stop: what is left behind would lie
	 * in a person's mailbox.
	 *
	 * @returns an answer of 202 when nothing is left, so that it is not tried again
	 */
	async discard(clientRequestId: string): Promise<Exchange> {
		if (!this.draft) return NOTHING_LEFT;
		const exchange = await this.graph.call('DELETE', this.draft.path, {
			headers: headersWith(clientRequestId),
		});
		if (exchange.kind !== 'answered' || ![204, 404].includes(exchange.answer.status)) {
			return exchange;
		}
		this.startAnew();
		return NOTHING_LEFT;
	}

	private async create(
		clientRequestId: string,
		signal: AbortSignal | undefined,
	): Promise<Exchange | undefined> {
		if (this.draft) return undefined;
		const exchange = await this.post('/me/messages', this.order.message, clientRequestId, signal);
		const created = readCreated(exchange, 201);
		if (typeof created?.id !== 'string') return exchange;
		this.draft = {
			path: `/me/messages/${encodeURIComponent(created.id)}`,
			messageId: created.id,
			...textEntry('internetMessageId', created.internetMessageId),
			...textEntry('webLink', created.webLink),
		};
		return undefined;
	}

	private async attachFiles(
		clientRequestId: string,
		signal: AbortSignal | undefined,
	): Promise<Exchange | undefined> {
		for (; this.filesDone < this.order.files.length; this.filesDone++) {
			const file = this.order.files[this.filesDone]!;
			const obstacle =
				file.travels === 'ownRequest'
					? await this.attach(file, clientRequestId, signal)
					: await this.uploadFile(file, clientRequestId, signal);
			if (obstacle) return obstacle;
		}
		return undefined;
	}

	private async attach(
		file: DraftFile,
		clientRequestId: string,
		signal: AbortSignal | undefined,
	): Promise<Exchange | undefined> {
		const body = toFileAttachment(file, await readBase64(file));
		const exchange = await this.post(
			`${this.draft!.path}/attachments`,
			body,
			clientRequestId,
			signal,
		);
		if (readCreated(exchange, 201)) return undefined;
		// The file may be there already, and once more would double it: a new draft is certain.
		if (exchange.verdict === 'unknown') await this.discardOrForget(clientRequestId);
		return exchange;
	}

	private async uploadFile(
		file: DraftFile,
		clientRequestId: string,
		signal: AbortSignal | undefined,
	): Promise<Exchange | undefined> {
		if (!this.upload) {
			const exchange = await this.post(
				`${this.draft!.path}/attachments/createUploadSession`,
				{ AttachmentItem: toAttachmentItem(file) },
				clientRequestId,
				signal,
			);
			const uploadUrl = readCreated(exchange, 201)?.uploadUrl;
			// A session whose address got lost is harmless: it expires by itself.
			if (typeof uploadUrl !== 'string') return exchange;
			this.upload = new UploadSession(this.transport, uploadUrl, file);
		}
		const end = await this.upload.carryOn(signal);
		if (end === 'gone') {
			await this.discardOrForget(clientRequestId);
			const cause = new Error('The upload session ended before the file was complete');
			return broken('beforeRequest', cause);
		}
		if (end !== 'done') return end;
		this.upload = undefined;
		return undefined;
	}

	/** A draft that cannot be removed now stays in Drafts; it is never sent. */
	private async discardOrForget(clientRequestId: string): Promise<void> {
		await this.discard(clientRequestId);
		this.startAnew();
	}

	private startAnew(): void {
		this.draft = undefined;
		this.filesDone = 0;
		this.upload = undefined;
	}

	private async post(
		resource: string,
		body: object,
		clientRequestId: string,
		signal: AbortSignal | undefined,
	): Promise<Exchange> {
		return await this.graph.call('POST', resource, {
			headers: headersWith(clientRequestId),
			body,
			signal,
			keepJson: true,
		});
	}
}

const NOTHING_LEFT: Exchange = answered({ status: 202, headers: {}, body: '' });

/** With immutable IDs, the ID of the draft is also that of the copy in Sent Items. */
function headersWith(clientRequestId: string): Record<string, string> {
	return {
		'client-request-id': clientRequestId,
		// https://learn.microsoft.com/graph/outlook-immutable-id
		Prefer: 'IdType="ImmutableId"',
	};
}

function readCreated(exchange: Exchange, status: number) {
	if (exchange.kind !== 'answered' || exchange.answer.status !== status) return undefined;
	return exchange.json;
}

function textEntry<K extends keyof MailIdentity>(key: K, value: unknown): Pick<MailIdentity, K> {
	return (typeof value === 'string' ? { [key]: value } : {}) as Pick<MailIdentity, K>;
}
