import { definedEntries } from '../facts/json';

/** What an answer means to the workflow, and to an AI agent that waits for it. */
export type Meaning = 'approved' | 'declined' | 'neither';

export interface Choice {
	/** What people read. */
	label: string;
	/** What the workflow reads, in `status`. */
	value: string;
	meaning: Meaning;
}

export interface Person {
	address: string;
	name?: string;
}

/** A question as its page knows it. It is kept with the execution that waits. */
export interface Question {
	/** Distinguishes this question from every other one of the node, also within one execution. */
	id: string;
	subject: string;
	/** Safe to show: only tags of our own. */
	messageHtml: string;
	/** Empty where people answer in their own words. */
	choices: Choice[];
	requireComment: 'never' | 'declined' | 'always';
	/** `code`: the page asks for the six digits in the email. */
	confirmation: 'button' | 'code';
	/** In the order asked; links name a person by the position in this list, from 1. */
	people: Person[];
	/** ISO 8601; absent where there is no deadline. */
	deadline?: string;
	/** IANA name, for the deadline. */
	timeZone: string;
}

/** One person's answer. */
export interface Answer {
	person: number;
	/** Position in `choices`, from 1; absent for an answer in own words. */
	choice?: number;
	comment: string;
}

export function isFreeText({ choices }: Pick<Question, 'choices'>): boolean {
	return choices.length === 0;
}

/** @param position from 1 */
export function choiceAt({ choices }: Question, position: number | undefined): Choice | undefined {
	return choices[(position ?? 0) - 1];
}

/** Whether an answer needs words. */
export function needsComment(question: Question, choice: Choice | undefined): boolean {
	if (isFreeText(question) || question.requireComment === 'always') return true;
	return question.requireComment === 'declined' && choice?.meaning === 'declined';
}

/** What became of the email to one person. */
export interface Asked {
	email: string;
	/** `unknown`: Graph may have taken it. */
	status: 'accepted' | 'unknown' | 'failed' | 'notTried';
	clientRequestId?: string;
	requestId?: string;
	/** Why it failed or is unknown, and what helps. */
	error?: { code: string; message: string; remedy: string };
}

/** One output item's data. What there is nothing to say of is left out, `approved` never is. */
export interface QuestionOutcome {
	[key: string]: unknown;
	/** The choice's value, `answered` for own words, `noAnswer`, `alreadySent`, `preview`. */
	status: string;
	approved: boolean | null;
	choice?: string;
	comment?: string;
	respondedAt?: string;
	responder?: { email: string; verifiedBy: 'link' | 'code' };
	asked?: Asked[];
	/** n8n hands this to an AI agent whose step was not approved. */
	chatInput?: string;
}

export function answeredOutcome(
	question: Question,
	{ person, choice, comment }: Answer,
	asked: Asked[],
	now: Date,
): QuestionOutcome {
	const chosen = choiceAt(question, choice);
	const approved = chosen === undefined ? null : APPROVED[chosen.meaning];
	const words = comment || (chosen && approved === null ? `The answer is: ${chosen.label}` : '');
	return {
		status: isFreeText(question) ? 'answered' : chosen!.value,
		approved,
		...definedEntries({ choice: chosen?.label, comment: comment || undefined }),
		respondedAt: now.toISOString(),
		responder: {
			email: question.people[person - 1]!.address,
			verifiedBy: question.confirmation === 'code' ? 'code' : 'link',
		},
		asked,
		...(approved !== true && words !== '' ? { chatInput: words } : {}),
	};
}

const APPROVED = { approved: true, declined: false, neither: null } as const;

/** What n8n passes on when the deadline has passed. */
export function noAnswerOutcome(asked: Asked[]): QuestionOutcome {
	return {
		status: 'noAnswer',
		approved: null,
		asked,
		chatInput: 'Nobody answered in time, so this is not approved.',
	};
}

/** A Send Once Key that has asked before: nothing leaves and nothing waits. */
export function alreadyAskedOutcome(): QuestionOutcome {
	return {
		status: 'alreadySent',
		approved: null,
		chatInput: 'This was asked before with the same Send Once Key, so it was not asked again.',
	};
}

/** With *Preview Only*: nothing leaves and nothing waits. */
export function previewOutcome(people: readonly string[]): QuestionOutcome {
	return {
		status: 'preview',
		approved: null,
		...(people.length > 0 && {
			asked: people.map((email): Asked => ({ email, status: 'notTried' })),
		}),
		chatInput: 'Preview Only is on, so nobody was asked and this is not approved.',
	};
}
