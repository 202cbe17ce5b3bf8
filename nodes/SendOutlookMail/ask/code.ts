import { createHash, timingSafeEqual } from 'node:crypto';
import type { Sign } from './links';
import type { Question } from './question';

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
