import { ADDRESS_FAULTS, characterFault, invisibleFault } from './faults';
import type { AddressToken } from './tokens';
import { findInvisible } from '../characters';
import { LIMITS } from '../limits';
import type { Fault } from '../issues';

/** RFC 5322 §3.2.3 `atext` and the dot between atoms, with RFC 6531 §3.3's UTF-8. */
const NOT_IN_DOT_ATOM = /[^A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.\u{80}-\u{10FFFF}]/u;

/**
 * The part before the @ sign. UTF-8 stays (RFC 6531): unlike a domain it has no ASCII form, and
 * Exchange Online has sent to such addresses since 2018 (Exchange team, "EAI support announcement").
 * It is brought into NFC, as RFC 6532 §3.1 asks. Quotes are kept only where they are needed, since
 * `"jane"@x` and `jane@x` are one mailbox (RFC 5321 §4.1.2).
 */
export function readLocalPart(token: AddressToken): string | Fault {
	const meaning = token.value.normalize('NFC');
	const local = isDotAtom(meaning) || token.kind === 'text' ? meaning : quote(meaning);
	if (meaning === '') return ADDRESS_FAULTS.noLocalPart;
	const invisible = findInvisible(meaning);
	if (invisible !== undefined) return invisibleFault(invisible);
	if (token.kind === 'text' && !isDotAtom(local)) {
		const character = NOT_IN_DOT_ATOM.exec(local)?.[0];
		return character === undefined ? ADDRESS_FAULTS.dots : characterFault(character);
	}
	if (Buffer.byteLength(local) > LIMITS.localPartOctets) return ADDRESS_FAULTS.localPartTooLong;
	return local;
}

function isDotAtom(text: string): boolean {
	return !NOT_IN_DOT_ATOM.test(text) && !/^\.|\.\.|\.$|\s|^$/u.test(text);
}

function quote(text: string): string {
	return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
