import type { Hash } from 'node:crypto';
import type { AttachmentItem } from '@microsoft/microsoft-graph-types';
import type { Draft } from './drafts';

export interface UploadSession {
	readonly token: string;
	readonly draft: Draft;
	readonly item: AttachmentItem & { name: string; size: number };
	readonly expiresAt: Date;
	readonly hash: Hash;
	/** Kept only while the whole file may be kept. */
	readonly kept: Buffer[];
	received: number;
}
