import type { Question } from './question';

/** n8n's `getSignedResumeUrl`: a link to this execution whose parameters nobody can change. */
export type Sign = (parameters: Record<string, string>) => string;

/** What a link says. Positions count from 1. */
export interface Link {
	/** `id` of the question. */
	question: string;
	person: number;
	/** What is preselected on the page. */
	choice?: number;
}

/**
 * The link of one person. It names the person by number, never by address: links end up in the logs
 * of proxies and mail gateways.
 */
export function linkTo(
	sign: Sign,
	{ id }: Pick<Question, 'id'>,
	person: number,
	choice?: number,
): string {
	return sign({
		question: id,
		person: String(person),
		...(choice === undefined ? {} : { choice: String(choice) }),
	});
}

/** @returns undefined for what no link of ours says */
export function readLink(query: Readonly<Record<string, unknown>>): Link | undefined {
	const { question } = query;
	const person = positionOf(query.person);
	const choice = positionOf(query.choice);
	if (typeof question !== 'string' || question === '' || person === undefined) return undefined;
	return { question, person, ...(choice === undefined ? {} : { choice }) };
}

export function positionOf(value: unknown): number | undefined {
	return typeof value === 'string' && /^[1-9]\d{0,3}$/.test(value) ? Number(value) : undefined;
}
