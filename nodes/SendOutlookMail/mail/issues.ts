import { definedEntries } from '../facts/json';
import { FIELD_NAMES, type MailField } from './parameters';

/** What is wrong, before it is known in which field. */
export interface Fault {
	/** One sentence. */
	cause: string;
	/** What to do about it: one sentence or two. */
	remedy: string;
}

/** One thing that cannot be sent, in the designer's words. Never holds the email's body. */
export interface Refusal extends Fault {
	/** The field as the designer sees it: `To`, `Custom Headers`. */
	field: string;
	/** The parameter's name: `to`, `headers`. */
	parameter: string;
	/** Which entry of a list, counted from 1. */
	position?: number;
	/** The entry itself, on one line and shortened. */
	value?: string;
}

/** Something that can be sent, but is likely not what the designer meant. */
export interface Warning {
	field: string;
	parameter: string;
	text: string;
}

/** What is wrong with a parameter, or with one entry of it. */
export type EntryFault = Fault & { position?: number | undefined; value?: string | undefined };

export function refusal(
	parameter: MailField,
	{ position, value, cause, remedy }: EntryFault,
): Refusal {
	return {
		field: FIELD_NAMES[parameter],
		parameter,
		...definedEntries({ position, value: value === undefined ? undefined : shorten(value) }),
		cause,
		remedy,
	};
}

/** The first of some faults that is there. */
export function firstFault(faults: ReadonlyArray<Fault & { when: boolean }>): Fault | undefined {
	return faults.find(({ when }) => when);
}

export function warning(parameter: MailField, text: string): Warning {
	return { field: FIELD_NAMES[parameter], parameter, text };
}

const SHOWN_CHARACTERS = 60;

/** A text cut to 60 characters, on one line and free of control characters, fit for a message. */
export function shorten(text: string): string {
	// The first cut keeps the cost of a huge text small; the second counts what is seen.
	const oneLine = text
		.slice(0, 8 * SHOWN_CHARACTERS)
		.replace(/\p{Surrogate}/gu, '\u{FFFD}')
		.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
		.trim();
	const characters = Array.from(oneLine);
	if (characters.length <= SHOWN_CHARACTERS && text.length <= 8 * SHOWN_CHARACTERS) return oneLine;
	return `${characters.slice(0, SHOWN_CHARACTERS - 1).join('')}…`;
}

/** Names for a sentence: `a, b, c and 4 more`. */
export function listNames(names: readonly string[], most = 10): string {
	const shown = names.slice(0, most).join(', ');
	return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
