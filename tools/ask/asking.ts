import type { LinkedOutlookAccount } from '../n8n/outlookAccounts';
import type { Stage } from '../n8n/stage';

/** A running n8n with a linked account, from which questions are asked. */
export interface Asking {
	stage: Stage;
	account: LinkedOutlookAccount;
}
