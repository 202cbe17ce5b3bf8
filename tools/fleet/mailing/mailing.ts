import type { EditorSession } from '../../n8n/editorSession';
import { step } from '../../kit/progress';
import type { Sandbox } from '#sandbox/index';
import type { Fleet } from '../fleet';
import { letThingsHappen, type Accidents } from './accidents';
import { order, type LetterOutcome } from './feed';
import type { Batch, Letter } from './letters';
import { retryFailed, type Retry } from './retry';

export interface MailingOrder {
	fleet: Fleet;
	sandbox: Sandbox;
	session: EditorSession;
	workflowId: string;
	appId: string;
	batches: readonly Batch[];
}

/** All that is known of a mailing when it is over. */
export interface Mailing {
	letters: Letter[];
	/** Milliseconds until every execution had ended, those of the killed worker too. */
	duration: number;
	accidents: Accidents;
	/** Batches that were not sent to their end: as many executions as the killed worker had. */
	lost: number;
	retries: Retry[];
	/** The last that n8n told of each letter, by its key, before unknown ones were looked up. */
	outcomes: Map<string, LetterOutcome>;
	/** Letters of unknown outcome, and how many of them were found in Sent Items. */
	unknown: { count: number; arrived: number };
	/** Mails that left when everything was ordered once more. */
	leftAgain: number;
}

/** Orders all batches at once, lets accidents happen, and then does what an operator would. */
export async function runMailing(mailing: MailingOrder): Promise<Mailing> {
	const { sandbox, session, workflowId, batches } = mailing;
	const letters = batches.flat();
	const outcomes = new Map<string, LetterOutcome>();

	const begun = Date.now();
	const { lost, accidents } = await step(
		`Sending ${letters.length} emails in ${batches.length} executions, with accidents`,
		async () => await firstRound(mailing, outcomes),
	);
	const duration = Date.now() - begun;
	const retries = await step(
		`Retrying ${lost.length} lost executions in n8n's list`,
		async () => await retryFailed(session, workflowId, sandbox),
	);
	await step(
		`Ordering their ${lost.length} batches again`,
		async () => await placeAll(mailing, lost, outcomes),
	);
	const told = new Map(outcomes);
	const unknown = letters.filter(({ key }) => isUnknown(outcomes.get(key)));
	const missing = unknown.filter((letter) => !isInSentItems(sandbox, letter));
	await step(
		`Ordering ${missing.length} emails again that are not in Sent Items`,
		async () => await placeAll(mailing, [missing.map(evenIfUnknown)], outcomes),
	);
	const before = sandbox.outbox.length;
	await step(
		'Ordering everything once more',
		async () => await placeAll(mailing, batches, outcomes),
	);
	return {
		letters,
		duration,
		accidents,
		lost: lost.length,
		retries,
		outcomes: told,
		unknown: { count: unknown.length, arrived: unknown.length - missing.length },
		leftAgain: sandbox.outbox.length - before,
	};
}

async function firstRound(mailing: MailingOrder, outcomes: Map<string, LetterOutcome>) {
	const ended = new AbortController();
	const round = mailing.batches.map(async (batch) => ({
		batch,
		kind: await place(mailing, batch, outcomes),
	}));
	const [answers, accidents] = await Promise.all([
		Promise.all(round).finally(() => ended.abort()),
		letThingsHappen(mailing, ended.signal),
	]);
	const lost = answers.filter(({ kind }) => kind === 'lost').map(({ batch }) => batch);
	return { lost, accidents };
}

/** @throws when a batch is lost although no accident happens */
async function placeAll(
	mailing: MailingOrder,
	batches: readonly Batch[],
	outcomes: Map<string, LetterOutcome>,
): Promise<void> {
	const placed = batches
		.filter(({ length }) => length > 0)
		.map(async (batch) => await place(mailing, batch, outcomes));
	if ((await Promise.all(placed)).includes('lost')) throw new Error('n8n lost a batch again');
}

async function place(
	{ fleet }: MailingOrder,
	batch: Batch,
	outcomes: Map<string, LetterOutcome>,
): Promise<'done' | 'lost'> {
	const answer = await order(fleet.webhook.origin, batch);
	if (answer.kind === 'done')
		batch.forEach(({ key }, index) =>
			outcomes.set(key, answer.outcomes[index] ?? { error: 'n8n reported nothing' }),
		);
	return answer.kind;
}

function evenIfUnknown(letter: Letter): Letter {
	return { ...letter, onUnknownOutcome: 'retry' };
}

export function isUnknown(outcome: LetterOutcome | undefined): boolean {
	return outcome?.details?.code === 'unknownOutcome';
}

function isInSentItems({ outbox }: Sandbox, { subject }: Letter): boolean {
	return outbox.some(({ message }) => message.subject === subject);
}
