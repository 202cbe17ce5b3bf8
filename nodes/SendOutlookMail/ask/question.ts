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
	/** Tells this question from every other one of the same node, also within one execution. */
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

/** Whether an answer needs words. */
export function needsComment(question: Question, choice: Choice | undefined): boolean {
	if (isFreeText(question) || question.requireComment === 'always') return true;
	return question.requireComment === 'declined' && choice?.meaning === 'declined';
}
