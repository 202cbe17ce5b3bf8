import assert from 'node:assert/strict';
import { execute, type Execution } from '../../n8n/executions';
import { saveWorkflow, type SavedWorkflow } from '../../n8n/workflows';
import {
	certificateAccount,
	linkAccount,
	otherTenantAccount,
	type LinkedOutlookAccount,
} from '../../n8n/outlookAccounts';
import type { Stage } from '../../n8n/stage';
import { documentedRefusals, type DocumentedRefusal } from './documentedRefusals';
import { mailRun } from '../../n8n/mailNodes';
import { requireShown } from './shownError';

const LETTER = { to: 'hire-1@contoso.example', subject: 'Explained', body: 'Never sent.' };

/** Longer than the node tries a renewal again that Microsoft cannot make just now, in milliseconds. */
const PATIENCE = 120_000;

interface Sender {
	clientId: string;
	workflow: SavedWorkflow;
}

/**
 * Each refusal of Entra ID and of Graph that the node explains, row by row of its tables, shows its
 * cause and its remedy in what n8n stores of the run and shows in its error panel.
 */
export async function checkExplanations(
	stage: Stage,
	customer: LinkedOutlookAccount,
	keep: (execution: Execution) => void,
): Promise<string> {
	const { sandbox, session } = stage;
	const mails = sandbox.outbox.length;
	const sender = await senderWith(stage, customer);
	// Some rows take their time, and after others Graph wants no more of an application.
	const others: Sender[] = [];
	for (const account of [certificateAccount(sandbox), otherTenantAccount(sandbox)]) {
		others.push(await senderWith(stage, await linkAccount(stage, account)));
	}
	const refusals = sampled(documentedRefusals(), 'signInTriedAgain', others.length);
	const ofKind = (kind: DocumentedRefusal['kind']) => refusals.filter((row) => row.kind === kind);
	let shown = 0;
	const check = async (refusal: DocumentedRefusal, { clientId, workflow }: Sender = sender) => {
		refusal.switchOn(sandbox, clientId);
		const execution = await execute(session, workflow, PATIENCE);
		keep(execution);
		requireShown(execution, refusal);
		shown += 1;
	};
	const checkInTurn = async (kind: DocumentedRefusal['kind']) => {
		for (const refusal of ofKind(kind)) await check(refusal);
	};
	const checkWithOthers = (kind: DocumentedRefusal['kind']) => {
		const rows = ofKind(kind);
		assert.ok(rows.length <= others.length, `${kind}: there are too few other applications`);
		return rows.map((refusal, index) => async () => await check(refusal, others[index]));
	};

	try {
		const slow = checkWithOthers('signInTriedAgain').map(async (begin) => await begin());
		await Promise.all([...slow, checkInTurn('signIn')]);
		await sandbox.faults.switchOff('anyAadsts');
		await checkInTurn('answer');
		for (const begin of checkWithOthers('throttled')) await begin();
	} finally {
		await sandbox.faults.switchOff('anyAadsts');
		await sandbox.faults.switchOff('custom');
	}
	assert.equal(shown, refusals.length, 'a row was not shown');
	assert.equal(sandbox.outbox.length, mails, 'a mail left');
	const count = (...kinds: Array<DocumentedRefusal['kind']>) => kinds.flatMap(ofKind).length;
	return `${count('signIn', 'signInTriedAgain')} of Entra ID, ${count('answer', 'throttled')} of Graph`;
}

/** All rows of the other kinds, and so many of this one, whose rows take long and say the same. */
function sampled(
	refusals: readonly DocumentedRefusal[],
	kind: DocumentedRefusal['kind'],
	count: number,
): DocumentedRefusal[] {
	const sample = refusals.filter((row) => row.kind === kind).slice(0, count);
	return refusals.filter((row) => row.kind !== kind || sample.includes(row));
}

async function senderWith({ session }: Stage, account: LinkedOutlookAccount): Promise<Sender> {
	const { application, clientId, credential } = account;
	const name = `Check: explanations, ${application}`;
	return { clientId, workflow: await saveWorkflow(session, mailRun(name, credential, [LETTER])) };
}
