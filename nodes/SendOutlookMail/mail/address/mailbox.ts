import { type AddressEntry, isGap } from './entries';
import { ADDRESS_FAULTS } from './faults';
import type { AddressToken } from './tokens';
import { readDomain } from './domain';
import { LIMITS } from '../limits';
import { readLocalPart } from './localPart';
import type { Fault } from '../issues';

/** One person or list that mail can be sent to. */
export interface Mailbox {
	address: string;
	name?: string;
}

/**
 * Reads one entry as a mailbox of RFC 5322 §3.4: `jane@x` or `Jane <jane@x>`. Comments are dropped:
 * they carry no meaning (§3.2.2), and what a designer notes beside an address is not for readers.
 *
 * More forgiving than the RFC where only one reading is possible: brackets, dots and backslashes in
 * an unquoted name, and an address as its own name (`jane@x <jane@x>`, as Outlook copies it).
 */
export function readMailbox(entry: AddressEntry): Mailbox | Fault {
	const { tokens, source } = entry;
	const fault = tokens.find((token) => token.fault)?.fault;
	if (fault) return fault;
	if (source.includes('{{') && source.includes('}}')) return ADDRESS_FAULTS.expressionNotResolved;
	// `https:` reads as the title of a group, and what follows as an odd but valid local part.
	if (source.startsWith('//')) return ADDRESS_FAULTS.webAddress;
	if (!tokens.some(({ kind }) => kind === 'at' || kind === 'open' || kind === 'close')) {
		return faultWithoutAt(source.trim());
	}
	const open = tokens.findIndex(({ kind }) => kind === 'open');
	const close = tokens.findIndex(({ kind }) => kind === 'close');
	const mailbox =
		open === -1 && close === -1 ? readBareAddress(tokens) : readNamed(tokens, open, close);
	// RFC 6068: in a link, % encodes and ? starts the subject. Whether that was meant is a guess.
	const isLink = entry.mailto && /[%?]/.test(source);
	return isLink ? ADDRESS_FAULTS.mailtoLink : mailbox;
}

export function isFault(read: Mailbox | Fault): read is Fault {
	return 'cause' in read;
}

function faultWithoutAt(text: string): Fault {
	if (/^(?:undefined|null|NaN)$/.test(text)) return ADDRESS_FAULTS.expressionGaveNothing;
	if (text.includes('[object Object]')) return ADDRESS_FAULTS.expressionGaveObject;
	if (text.includes('＠')) return ADDRESS_FAULTS.fullWidthAt;
	return /[“”„«»]/u.test(text) ? ADDRESS_FAULTS.curlyQuotes : ADDRESS_FAULTS.noAt;
}

function readNamed(tokens: AddressToken[], open: number, close: number): Mailbox | Fault {
	if (open === -1 || (close !== -1 && close < open)) return ADDRESS_FAULTS.strayBracket;
	if (close === -1) return ADDRESS_FAULTS.unclosedBracket;
	const before = tokens.slice(0, open);
	const after = tokens.slice(close + 1).filter(({ kind }) => !isGap(kind));
	if (after[0]?.kind === 'close') return ADDRESS_FAULTS.strayBracket;
	if (after.length > 0) {
		return after.some(({ kind }) => kind === 'at')
			? ADDRESS_FAULTS.twoAddresses
			: ADDRESS_FAULTS.textAfterAddress;
	}
	if (before.some(({ kind }) => kind === 'colon')) return ADDRESS_FAULTS.colon;

	const inside = trim(tokens.slice(open + 1, close));
	if (inside.length === 0) return ADDRESS_FAULTS.emptyAddress;
	const address = readAddress(inside);
	if (typeof address !== 'string') return address;
	const name = displayName(before);
	// `a@x <b@y>` may be a forgotten comma, and the mail would leave to one of two people.
	if (before.some(({ kind }) => kind === 'at') && name.toLowerCase() !== address.toLowerCase()) {
		return ADDRESS_FAULTS.twoAddresses;
	}
	return name === '' ? { address } : { address, name };
}

function readBareAddress(tokens: AddressToken[]): Mailbox | Fault {
	const address = readAddress(trim(tokens));
	return typeof address === 'string' ? { address } : address;
}

/** RFC 5322 §3.4.1 `addr-spec`, with comments and white space around the @ sign only. */
function readAddress(tokens: AddressToken[]): string | Fault {
	const at = tokens.findIndex(({ kind }) => kind === 'at');
	if (at === -1) return ADDRESS_FAULTS.noAt;
	const left = trim(tokens.slice(0, at));
	const right = trim(tokens.slice(at + 1));
	if (right[0]?.source.startsWith('[')) return ADDRESS_FAULTS.domainLiteral;
	if (right.some(({ kind }) => kind === 'at')) {
		return right.some(({ kind }) => isGap(kind))
			? ADDRESS_FAULTS.twoAddresses
			: ADDRESS_FAULTS.moreThanOneAt;
	}
	if ([...left, ...right].some(({ kind }) => kind === 'colon')) return ADDRESS_FAULTS.colon;
	if ([...left, ...right].some(({ kind }) => kind === 'open')) return ADDRESS_FAULTS.strayBracket;
	const [localToken, ...moreLeft] = left;
	const [domainToken, ...moreRight] = right;
	if (!localToken) return ADDRESS_FAULTS.noLocalPart;
	if (!domainToken) return ADDRESS_FAULTS.noDomain;
	if (moreLeft.length > 0) {
		return left.some(({ kind }) => isGap(kind))
			? ADDRESS_FAULTS.nameWithoutBrackets
			: ADDRESS_FAULTS.space;
	}
	if (moreRight.length > 0) return ADDRESS_FAULTS.textAfterAddress;
	if (domainToken.kind !== 'text') return ADDRESS_FAULTS.domain;

	const local = readLocalPart(localToken);
	if (typeof local !== 'string') return local;
	const domain = readDomain(domainToken.value);
	if (typeof domain !== 'string') return domain;
	const address = `${local}@${domain}`;
	return Buffer.byteLength(address) > LIMITS.addressOctets
		? ADDRESS_FAULTS.addressTooLong
		: address;
}

/** RFC 5322 §3.2.5 `phrase`: a run of white space or a comment is one space; quotes keep theirs. */
function displayName(tokens: AddressToken[]): string {
	return tokens
		.map((token, index) => {
			if (!isGap(token.kind)) return token.value.replaceAll('\t', ' ');
			const previous = tokens[index - 1];
			return previous && isGap(previous.kind) ? '' : ' ';
		})
		.join('')
		.trim();
}

function trim(tokens: AddressToken[]): AddressToken[] {
	const first = tokens.findIndex(({ kind }) => !isGap(kind));
	const last = tokens.findLastIndex(({ kind }) => !isGap(kind));
	return first === -1 ? [] : tokens.slice(first, last + 1);
}
