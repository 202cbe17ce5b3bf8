import type { Hash } from 'node:crypto';
import type { AttachmentItem } from '@microsoft/microsoft-graph-types';
import type { Draft } from './drafts';

/** A file above 3 MB on its way into a draft: hashed as it arrives, never kept. */
export interface UploadSession {
	readonly token: string;
	readonly draft: Draft;
	readonly item: AttachmentItem & { name: string; size: number };
	readonly expiresAt: Date;
	readonly hash: Hash;
	/** Bytes so far. */
	received: number;
}
