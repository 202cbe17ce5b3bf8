import type { IBinaryData } from 'n8n-workflow';
import type { StoredCredential } from '../../engine/credentialStore';

/** What a child process is to send: one mail with one file that lies on disk. */
export interface Job {
	credential: StoredCredential;
	folder: string;
	file: IBinaryData;
}

/** In bytes. */
export interface Measurement {
	/** Resident memory before the mail, n8n's engine and the node being loaded. */
	before: number;
	/** The most resident memory while the mail was sent. */
	peak: number;
	milliseconds: number;
}
