import { FIELD_NAMES, type MailField } from './parameters';

/** One thing that cannot be sent, in the designer's words. Never holds the email's body. */
export interface Refusal {
	/** The field as the designer sees it: `To`, `Custom Headers`. */
	field: string;
	/** The parameter's name: `to`, `headers`. */
	parameter: string;
	/** Which entry of a list, counted from 1. */
	position?: number;
	/** The entry itself, on one line and shortened. */
	value?: string;
	/** What is wrong: one sentence. */
	cause: string;
	/** What to do about it: one sentence or two. */
	remedy: string;
}

/** Something that can be sent, but is likely not what the designer meant. */
export interface Warning {
	field: string;
	parameter: string;
	text: string;
}

/** A cause and a remedy that do not know yet which field they belong to. */
export interface Fault {
	cause: string;
	remedy: string;
}

export function refusal(
	parameter: MailField,
	fault: Fault,
	entry: { position?: number; value?: string } = {},
): Refusal {
	return {
		field: FIELD_NAMES[parameter],
		parameter,
		...(entry.position === undefined ? {} : { position: entry.position }),
		...(entry.value === undefined ? {} : { value: shorten(entry.value) }),
		cause: fault.cause,
		remedy: fault.remedy,
	};
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
export function listNames(names: readonly string[]): string {
	const shown = names.slice(0, 10).map(shorten).join(', ');
	return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}
