import { createHash, timingSafeEqual } from 'node:crypto';
import { definedEntries } from '../facts/json';
import type { Question } from './question';

/** n8n's `getSignedResumeUrl`: a link to this execution whose parameters nobody can change. */
export type Sign = (parameters: Record<string, string>) => string;

/** What a link says. Positions count from 1. */
export interface Link {
	/** `id` of the question. */
	question: string;
	person: number;
	/** What is preselected on the page. */
	choice: number | undefined;
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
	return sign(definedEntries({ question: id, person: `${person}`, choice: choice?.toString() }));
}

/** @returns undefined for what no link of ours says */
export function readLink(query: Readonly<Record<string, unknown>>): Link | undefined {
	const { question } = query;
	const person = positionOf(query.person);
	const choice = positionOf(query.choice);
	if (typeof question !== 'string' || question === '' || person === undefined) return undefined;
	return { question, person, choice };
}

export function positionOf(value: unknown): number | undefined {
	return typeof value === 'string' && /^[1-9]\d{0,3}$/.test(value) ? Number(value) : undefined;
}

/**
 * The six digits of one person for one question. They are computed from a signature that only this
 * n8n can make and that never leaves it, so neither links nor stored executions contain them.
 */
export function codeOf(sign: Sign, { id }: Pick<Question, 'id'>, person: number): string {
	const signed = sign({ question: id, person: String(person), purpose: 'code' });
	const digest = createHash('sha256').update(signed).digest();
	return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

/** Compares what a person typed; spaces and dashes between the digits do not matter. */
export function isCode(typed: string, code: string): boolean {
	const digits = typed.replace(/[\s-]/g, '');
	return /^\d{6}$/.test(digits) && timingSafeEqual(Buffer.from(digits), Buffer.from(code));
}
