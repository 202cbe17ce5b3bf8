import type { Clock } from '../facts/clock';
import { refuseRecipients } from '../mail/allowedRecipients';
import type { Refusal } from '../mail/issues';
import type { Mail, MailAnswer, MailFile } from '../mail/mail';
import { asText, definedEntries, type JsonObject } from '../facts/json';
import {
	answered,
	broken,
	toBeRepeated,
	whilePreparing,
	type Exchange,
	type MailIdentity,
} from './exchange';
import { toAttachmentItem, toFileAttachment, readBase64 } from './files';
import type { Attempt, GraphClient } from './graphClient';
import type { Transport } from './transport';
import { UploadSession } from './uploadSession';

/** What a draft is made of. */
export type DraftOrder = Pick<Mail, 'message' | 'answer' | 'files'>;

/** The mailbox in which drafts are made. */
export interface DraftsFolder {
	graph: GraphClient;
	transport: Transport;
	clock: Clock;
	/** Paths of drafts that are not sent and could not be removed yet. */
	left: Set<string>;
}

/**
 * How long Graph may not find a draft that it has just made, until its servers are in sync. In
 * milliseconds.
 */
const LAG_MS = 10_000;

/**
 * An email that is sent through the Drafts folder: created, filled with its files, sent. An attempt
 * goes on where the last one broke. Only the last step, the sending, can have sent the email; of every
 * other step the exchange says that it was `preparing`.
 * https://learn.microsoft.com/graph/outlook-large-attachments
 */
export class DraftedMail {
	private draft: (MailIdentity & { path: string; createdAtMs: number }) | undefined;
	private filesDone = 0;
	private session: UploadSession | undefined;
	/** How many uploads the host has refused. */
	private refusedUploads = 0;

	constructor(
		private readonly folder: DraftsFolder,
		private readonly order: DraftOrder,
	) {}

	async attempt(clientRequestId: string, signal?: AbortSignal): Promise<Exchange> {
		const attempt = { clientRequestId, signal };
		const obstacle = (await this.create(attempt)) ?? (await this.attachFiles(attempt));
		if (obstacle) return this.isLag(obstacle) ? toBeRepeated(obstacle) : whilePreparing(obstacle);
		const { path, createdAtMs: _createdAtMs, ...mail } = this.draft!;
		const exchange = await this.folder.graph('POST', `${path}/send`, attempt, {
			headers: IMMUTABLE_IDS,
		});
		return { ...(this.isLag(exchange) ? toBeRepeated(exchange) : exchange), mail };
	}

	/**
	 * Removes the draft, whatever it holds by now. Goes on after a stop: what is left behind would stay
	 * in a person's mailbox.
	 *
	 * @returns an answer of 202 when nothing is left; anything else is to be repeated
	 */
	async discard(clientRequestId: string): Promise<Exchange> {
		if (!this.draft) return NOTHING_LEFT;
		const { path } = this.draft;
		const exchange = await removeDraft(this.folder, path, clientRequestId);
		if (isRemoved(exchange) && !this.isLag(exchange)) {
			this.folder.left.delete(path);
			this.startAnew();
			return NOTHING_LEFT;
		}
		this.folder.left.add(path);
		return exchange.verdict === 'throttled' ? exchange : toBeRepeated(exchange);
	}

	/** Whether Graph does not find the draft that it made a moment ago. R: reports of 2025 and 2026 */
	private isLag({ graphError, uploadHost }: Exchange): boolean {
		if (graphError?.code !== 'ErrorItemNotFound' || uploadHost !== undefined) return false;
		if (!this.draft) return false;
		return this.folder.clock.now() - this.draft.createdAtMs < LAG_MS;
	}

	/** @returns what came in between, as do the following */
	private async create(attempt: Attempt): Promise<Exchange | undefined> {
		if (this.draft) return undefined;
		const { resource, body } = creationOf(this.order);
		const { exchange, created } = await this.post(resource, body, attempt);
		if (typeof created?.id !== 'string') return exchange;
		this.draft = {
			path: pathOf(created.id),
			createdAtMs: this.folder.clock.now(),
			messageId: created.id,
			...definedEntries({
				internetMessageId: asText(created.internetMessageId),
				webLink: asText(created.webLink),
			}),
		};
		const [first, ...others] = refusedRecipients(created, this.order.answer);
		return first && { kind: 'notAllowed', verdict: 'refused', refusals: [first, ...others] };
	}

	private async attachFiles(attempt: Attempt): Promise<Exchange | undefined> {
		const { files = [] } = this.order;
		for (; this.filesDone < files.length; this.filesDone++) {
			const file = files[this.filesDone]!;
			const obstacle =
				file.travels === 'uploadSession'
					? await this.upload(file, attempt)
					: await this.attach(file, attempt);
			if (obstacle) return obstacle;
		}
		return undefined;
	}

	private async attach(file: MailFile, attempt: Attempt): Promise<Exchange | undefined> {
		const body = toFileAttachment(file, await readBase64(file));
		const path = `${this.draft!.path}/attachments`;
		const { exchange, created } = await this.post(path, body, attempt);
		if (created) return undefined;
		// The file may be there already, and once more would double it: a new draft is certain.
		if (exchange.verdict === 'unknown') await this.discardOrForget(attempt);
		return exchange;
	}

	private async upload(file: MailFile, attempt: Attempt): Promise<Exchange | undefined> {
		if (!this.session) {
			const path = `${this.draft!.path}/attachments/createUploadSession`;
			const body = { AttachmentItem: toAttachmentItem(file) };
			const { exchange, created } = await this.post(path, body, attempt);
			const uploadUrl = created?.uploadUrl;
			// A session whose address got lost is harmless: it expires by itself.
			if (typeof uploadUrl !== 'string') return exchange;
			const { transport, clock } = this.folder;
			this.session = new UploadSession(transport, file, clock, { ...created, uploadUrl });
		}
		const end = await this.session.carryOn(attempt.signal);
		if (end === 'done') {
			this.session = undefined;
			return undefined;
		}
		if (!('gone' in end)) return end;
		const { host: uploadHost } = this.session;
		await this.discardOrForget(attempt);
		if (end.refusal) {
			// A session that has expired is replaced; a host that refuses a new one, too, refuses for good.
			return ++this.refusedUploads > 1 ? end.refusal : toBeRepeated(end.refusal);
		}
		const cause = new Error('The upload session ended before the file was complete');
		return { ...broken('afterRequest', cause), uploadHost };
	}

	/** A draft that cannot be removed now is tried again at the end of the run; it is never sent. */
	private async discardOrForget({ clientRequestId }: Attempt): Promise<void> {
		await this.discard(clientRequestId);
		this.startAnew();
	}

	private startAnew(): void {
		this.draft = undefined;
		this.filesDone = 0;
		this.session = undefined;
	}

	private async post(resource: string, body: object, attempt: Attempt) {
		const exchange = await this.folder.graph('POST', resource, attempt, {
			headers: IMMUTABLE_IDS,
			body,
			keepJson: true,
		});
		const isCreated = exchange.kind === 'answered' && exchange.answer.status === 201;
		return { exchange, created: isCreated ? exchange.json : undefined };
	}
}

/**
 * Removes the drafts that could not be removed when it was their time.
 *
 * @returns how many are left all the same
 */
export async function removeLeftDrafts(folder: DraftsFolder): Promise<number> {
	for (const path of [...folder.left]) {
		const exchange = await removeDraft(folder, path, globalThis.crypto.randomUUID());
		// A host that cannot be reached for one cannot be reached for the others.
		if (exchange.kind !== 'answered') break;
		if (isRemoved(exchange)) folder.left.delete(path);
	}
	return folder.left.size;
}

async function removeDraft({ graph }: DraftsFolder, path: string, clientRequestId: string) {
	return await graph('DELETE', path, { clientRequestId }, { headers: IMMUTABLE_IDS });
}

function isRemoved(exchange: Exchange): boolean {
	return exchange.kind === 'answered' && [204, 404].includes(exchange.answer.status);
}

/** https://learn.microsoft.com/graph/api/message-createreply */
function creationOf({ message, answer }: DraftOrder): { resource: string; body: object } {
	if (!answer) return { resource: '/me/messages', body: message };
	const { messageId, mode, comment } = answer;
	const create = `create${mode[0]!.toUpperCase()}${mode.slice(1)}`;
	return {
		resource: `${pathOf(messageId)}/${create}`,
		body: { comment, message },
	};
}

/** @param messageId Graph's ID of a message or a draft */
export function pathOf(messageId: string): string {
	return `/me/messages/${encodeURIComponent(messageId)}`;
}

/** Of a reply Graph fills in the recipients, which its draft names. A draft without To is refused. */
function refusedRecipients(created: JsonObject, answer: MailAnswer | undefined): Refusal[] {
	if (!answer?.guard) return [];
	const addressesIn = (field: string, otherwise: readonly unknown[] = []) =>
		(Array.isArray(created[field]) ? (created[field] as unknown[]) : otherwise).map((entry) => {
			const { emailAddress } = (entry ?? {}) as { emailAddress?: { address?: unknown } };
			return { address: String(emailAddress?.address ?? '') };
		});
	const recipients = {
		to: addressesIn('toRecipients', [undefined]),
		cc: addressesIn('ccRecipients'),
		bcc: addressesIn('bccRecipients'),
	};
	return refuseRecipients(recipients, answer.guard);
}

const NOTHING_LEFT: Exchange = answered({ status: 202, headers: {}, body: '' });

/**
 * The ID of the draft is then also that of the copy in Sent Items.
 * https://learn.microsoft.com/graph/outlook-immutable-id
 */
const IMMUTABLE_IDS = { Prefer: 'IdType="ImmutableId"' };
