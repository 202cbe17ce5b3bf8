/** What cannot be sent, in the designer's words; the same shape as the message room's refusals. */
export interface AttachmentRefusal {
	field: string;
	parameter: string;
	/** The entry of the list, counted from 1. */
	position?: number;
	value?: string;
	cause: string;
	remedy: string;
}

/** What can be sent, but is likely not what the designer meant. */
export interface AttachmentWarning {
	field: string;
	parameter: string;
	text: string;
}

const FIELD = { field: 'Attachments', parameter: 'attachments' };

const SHOWN_CHARACTERS = 60;

export function refuse(
	cause: string,
	remedy: string,
	entry: { position?: number; value?: string } = {},
): AttachmentRefusal {
	const { position, value } = entry;
	return {
		...FIELD,
		...(position === undefined ? {} : { position }),
		...(value === undefined ? {} : { value: shorten(value) }),
		cause,
		remedy,
	};
}

export function warn(text: string): AttachmentWarning {
	return { ...FIELD, text };
}

/** A name of the designer's, fit for a sentence: one line, at most 60 characters. */
export function shorten(text: string): string {
	const line = text
		.slice(0, 8 * SHOWN_CHARACTERS)
		.replace(/\p{Surrogate}/gu, '\u{FFFD}')
		.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
		.trim();
	const characters = Array.from(line);
	if (characters.length <= SHOWN_CHARACTERS) return line;
	return `${characters.slice(0, SHOWN_CHARACTERS - 1).join('')}…`;
}

/** Names for a sentence: `a, b, c and 4 more`. */
export function listNames(names: readonly string[]): string {
	const shown = names.slice(0, 10).map(shorten).join(', ');
	return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}
