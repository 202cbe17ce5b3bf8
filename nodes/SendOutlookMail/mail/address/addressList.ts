import { type AddressEntry, addressEntries } from './entries';
import { ADDRESS_FAULTS, commaInNameFault } from './faults';
import { addressTokens } from './tokens';
import { type Mailbox, readMailbox } from './mailbox';
import type { Fault } from '../issues';

/** One entry of a list of addresses in one text, read or not. */
export interface ReadEntry {
	source: string;
	result: Mailbox | Fault;
}

/**
 * Reads a text of addresses separated by commas, semicolons or line breaks, as RFC 5322's
 * `address-list` with UTF-8 (RFC 6532). Gives an outcome for every entry that is not blank, in the
 * order written. Time and memory grow linearly with the text.
 */
export function readAddressText(text: string): ReadEntry[] {
	const entries = Array.from(addressEntries(addressTokens(text)));
	const results = entries.map(readMailbox);
	return entries.map((entry, index) => ({
		source: entry.source,
		result:
			results[index] === ADDRESS_FAULTS.noAt
				? (commaInName(entries, index) ?? ADDRESS_FAULTS.noAt)
				: (results[index] as Mailbox | Fault),
	}));
}

/** How many commas a name may have and still be quoted back: `Doe, Jane, PhD <jane@x>`. */
const COMMAS_IN_NAME = 3;

/** Whether commas alone stand between this entry and a named address; if so, what was meant. */
function commaInName(entries: AddressEntry[], index: number): Fault | undefined {
	const parts: string[] = [];
	for (let next = index; next <= index + COMMAS_IN_NAME; next += 1) {
		const entry = entries[next];
		if (!entry) return undefined;
		const bracket = entry.source.indexOf('<');
		if (bracket !== -1) {
			const name = [...parts, entry.source.slice(0, bracket).trim()].join(', ');
			const quoted = `"${name.replaceAll('"', '')}" ${entry.source.slice(bracket)}`;
			return next > index && bracket > 0 && quoted.length <= 120
				? commaInNameFault(quoted)
				: undefined;
		}
		if (entry.endedBy !== ',' || entry.source.includes('@')) return undefined;
		parts.push(entry.source);
	}
	return undefined;
}
