import type { StoredCredential } from '../../engine/credentialStore';

/** Where the body of 20 KB comes from. */
export type BodySource = 'literal' | 'expression' | 'field';

/** What a child process is to send. */
export interface Job {
	credential: StoredCredential;
	items: number;
	source: BodySource;
}

/** Heap after a full garbage collection, in bytes above that with n8n's input items alone. */
export interface Measurement {
	/** When the first request leaves: every mail has been checked, none has gone. */
	checked: number;
	/** When half of the requests have left. */
	half: number;
	/** When the last request leaves. */
	last: number;
	/** When the run is over: n8n's output items and what else it keeps of a run. */
	output: number;
}
