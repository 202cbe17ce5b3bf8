import type { AcceptedAttachment } from '../outbox/outbox';
import type { WritableMessage } from './messageShape';
import type { UploadSession } from './uploadSession';

export interface Draft {
	readonly id: string;
	/** User principal name of its owner. */
	readonly mailbox: string;
	readonly internetMessageId: string;
	readonly webLink: string;
	readonly message: WritableMessage;
	readonly attachments: AcceptedAttachment[];
	/** Bytes of the message without its attachments. */
	readonly ownSize: number;
	readonly createdAtMs: number;
	/** For a reply or a forward: the message that it answers. */
	readonly answers?: string | undefined;
}

/** The Drafts folders of all mailboxes, and the uploads into them. */
export class Drafts {
	readonly drafts = new Map<string, Draft>();
	readonly uploads = new Map<string, UploadSession>();

	clear(): void {
		this.drafts.clear();
		this.uploads.clear();
	}

	delete(id: string): void {
		this.drafts.delete(id);
		for (const [token, upload] of this.uploads) {
			if (upload.draft.id === id) this.uploads.delete(token);
		}
	}
}

export function sizeOf(draft: Draft): number {
	return draft.attachments.reduce((sum, { size }) => sum + size, draft.ownSize);
}
