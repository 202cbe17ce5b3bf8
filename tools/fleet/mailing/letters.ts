import { EXECUTIONS } from '../arguments';

/** A mail as the system that feeds n8n orders it. */
export interface Letter {
	/** Different for each mail. */
	key: string;
	to: string;
	subject: string;
	body: string;
	/** Whether it is to go although an earlier run may have sent it. */
	onUnknownOutcome: 'fail' | 'retry';
}

/** What one execution is to send. */
export type Batch = readonly Letter[];

/** As many letters as asked for, spread over the executions as evenly as may be. */
export function batchesOf(mails: number): Batch[] {
	const batches = Array.from({ length: EXECUTIONS }, (): Letter[] => []);
	for (let number = 1; number <= mails; number += 1)
		batches[number % EXECUTIONS]?.push({
			key: `welcome-${number}`,
			to: `hire-${number}@contoso.example`,
			subject: `Letter ${number} of ${mails}`,
			body: `Welcome. This is letter ${number} of ${mails}.`,
			onUnknownOutcome: 'fail',
		});
	return batches;
}
