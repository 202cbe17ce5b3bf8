import type { EditorSession } from '../../demo/n8n/editorSession';
import { step } from '../../demo/progress';
import type { Sandbox } from '../../sandbox';
import type { Fleet } from '../fleet';
import { letThingsHappen, type Accidents } from './accidents';
import { listExecutions, type ListedExecution } from './executions';
import { order, type BatchAnswer, type LetterOutcome } from './feed';
import type { Batch, Letter } from './letters';

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
	executions: ListedExecution[];
	/** Milliseconds until every execution of the first round had ended. */
	duration: number;
	accidents: Accidents;
	/** Executions whose worker was killed, as those who ordered them learnt it. */
	lost: Array<Extract<BatchAnswer, { kind: 'lost' }>>;
	/** What n8n answered to *Retry* of a lost execution. */
	retryAnswers: string[];
	/** The last that n8n told of each letter, by its key, before unknown ones were looked up. */
	outcomes: Map<string, LetterOutcome>;
	/** Letters of unknown outcome, and which of them were found in Sent Items. */
	unknown: { letters: Letter[]; arrived: Letter[] };
}

/** Orders all batches at once, lets accidents happen, and then does what an operator would. */
export async function runMailing(mailing: MailingOrder): Promise<Mailing> {
	const { fleet, sandbox, session, workflowId, batches } = mailing;
	const letters = batches.flat();
	const outcomes = new Map<string, LetterOutcome>();
	const place = async (batch: Batch) => {
		const answer = await order(fleet.webhook.origin, batch);
		if (process.env['DEBUG_FLEET']) console.log(JSON.stringify(answer).slice(0,400));
		if (answer.kind === 'done') keep(outcomes, batch, answer.outcomes);
		return { batch, answer };
	};

	const begun = Date.now();
	const [answers, accidents] = await step(
		`Sending ${letters.length} mails in ${batches.length} executions, with accidents`,
		async () =>
			await Promise.all([
				Promise.all(batches.map(place)),
				letThingsHappen(mailing, letters.length),
			]),
	);
	const duration = Date.now() - begun;
	const lost = answers.flatMap(({ batch, answer }) =>
		answer.kind === 'lost' ? [{ batch, answer }] : [],
	);
	const retryAnswers = await retryAsOperator(session, accidents.orphaned);
	await step(`Ordering ${lost.length} lost batches again`, async () => {
		for (const { answer } of await Promise.all(lost.map(async ({ batch }) => await place(batch))))
			if (answer.kind === 'lost') throw new Error(`A batch was lost again: ${answer.message}`);
	});
	const unknown = letters.filter(({ key }) => isUnknown(outcomes.get(key)));
	const arrived = unknown.filter(({ subject }) => isInSentItems(sandbox, subject));
	const missing = unknown.filter((letter) => !arrived.includes(letter));
	const told = new Map(outcomes);
	if (missing.length > 0)
		await step(`Ordering ${missing.length} mails again that are not in Sent Items`, async () => {
			await place(missing.map((letter) => ({ ...letter, onUnknownOutcome: 'retry' as const })));
		});
	return {
		letters,
		executions: await listExecutions(session, workflowId),
		duration,
		accidents,
		lost: lost.map(({ answer }) => answer),
		retryAnswers,
		outcomes: told,
		unknown: { letters: unknown, arrived },
	};
}

function keep(
	outcomes: Map<string, LetterOutcome>,
	batch: Batch,
	told: readonly LetterOutcome[],
): void {
	batch.forEach(({ key }, index) => outcomes.set(key, told[index] ?? { error: 'no item' }));
}

export function isUnknown(outcome: LetterOutcome | undefined): boolean {
	return /unknown|may have been sent/i.test(outcome?.error ?? '');
}

function isInSentItems({ outbox }: Sandbox, subject: string): boolean {
	return outbox.some(({ message }) => message.subject === subject);
}

/** *Retry* in n8n's list of executions. */
async function retryAsOperator(session: EditorSession, ids: readonly string[]): Promise<string[]> {
	const answers: string[] = [];
	for (const id of ids) {
		try {
			await session.post(`/executions/${id}/retry`, { loadWorkflow: false });
			answers.push('retried');
		} catch (error) {
			answers.push(error instanceof Error ? error.message : String(error));
		}
	}
	return answers;
}
