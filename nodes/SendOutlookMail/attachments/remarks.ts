import { shorten, type Refusal, type Warning } from '../mail/issues';

const FIELD = { field: 'Attachments', parameter: 'attachments' };

export function refuse(
	cause: string,
	remedy: string,
	entry: { position?: number; value?: string } = {},
): Refusal {
	const { position, value } = entry;
	return {
		...FIELD,
		...(position === undefined ? {} : { position }),
		...(value === undefined ? {} : { value: shorten(value) }),
		cause,
		remedy,
	};
}

export function warn(text: string): Warning {
	return { ...FIELD, text };
}
