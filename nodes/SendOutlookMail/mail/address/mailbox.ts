import { domainToASCII } from 'node:url';
import { addressEntries, addressTokens, isGap } from './entries';
import type { AddressEntry, AddressToken, TokenKind } from './entries';
import { ADDRESS_FAULTS, characterFault, commaInNameFault, invisibleFault } from './faults';
import { LIMITS } from '../parameters';
import type { Fault } from '../issues';
import { findInvisible } from '../characters';

/** One person or list that mail can be sent to. */
export interface Mailbox {
	address: string;
	name?: string;
}

/** One entry of a list of addresses in one text, read or not. */
export interface ReadEntry {
	source: string;
	result: Mailbox | Fault;
}

/**
 * Reads a text of addresses separated by commas or semicolons, as RFC 5322's `address-list` with
 * UTF-8 (RFC 6532) and without groups. White space and line breaks around the text do not
 * count. Returns a result for every entry that is not blank, in order. Time and memory grow linearly
 * with the text.
 */
export function readAddressText(text: string): ReadEntry[] {
	const entries = Array.from(addressEntries(addressTokens(text.trim())));
	return entries.map((entry, index) => {
		const result = readMailbox(entry);
		const comma = result === ADDRESS_FAULTS.noAt ? commaInName(entries, index) : undefined;
		return { source: entry.source, result: comma ?? result };
	});
}

/** How many commas a name may have and still be quoted back: `Doe, Jane, PhD <jane@x>`. */
const COMMAS_IN_NAME = 3;

/** Whether only commas separate this entry from a named address; if so, what was meant. */
function commaInName(entries: AddressEntry[], index: number): Fault | undefined {
	const next = entries.slice(index, index + COMMAS_IN_NAME + 1);
	const parts = next.slice(0, next.findIndex(({ source }) => source.indexOf('<') > 0) + 1);
	const isOneName = parts
		.slice(0, -1)
		.every(({ endedBy, source }) => endedBy === ',' && !/[@<]/.test(source));
	if (parts.length < 2 || !isOneName) return undefined;
	const [name = '', ...address] = parts
		.map(({ source }) => source)
		.join(', ')
		.split('<');
	const quoted = `"${name.trim().replaceAll('"', '')}" <${address.join('<')}`;
	return quoted.length <= 120 ? commaInNameFault(quoted) : undefined;
}

/**
 * Reads one entry as a mailbox of RFC 5322 §3.4: `jane@x` or `Jane <jane@x>`. Comments are dropped:
 * they carry no meaning (§3.2.2), and a designer's note beside an address is not for readers.
 *
 * More forgiving than the RFC where only one reading is possible: brackets, dots and backslashes in
 * an unquoted name, and an address as its own name (`jane@x <jane@x>`, as Outlook copies it).
 */
function readMailbox(entry: AddressEntry): Mailbox | Fault {
	const { tokens, source } = entry;
	const fault = tokens.find((token) => token.fault)?.fault;
	if (fault) return fault;
	if (source.includes('{{') && source.includes('}}')) return ADDRESS_FAULTS.expressionNotResolved;
	if (/^\w+:\/\//.test(source)) return ADDRESS_FAULTS.webAddress;
	const titled = faultOfTitle(tokens);
	if (titled) return titled;
	if (!has(tokens, 'at', 'open', 'close')) return faultWithoutAt(source.trim());
	// RFC 6068: in a link, % encodes and ? starts the subject. Whether that was meant is a guess.
	if (entry.mailto && /[%?]/.test(source)) return ADDRESS_FAULTS.mailtoLink;
	if (has(tokens, 'open', 'close')) return readNamed(tokens);
	const address = readAddress(trim(tokens));
	return typeof address === 'string' ? { address } : address;
}

/** Names of headers that address or describe an email (RFC 5322 §3.6), and any that begins with x-. */
const HEADER_NAME =
	/^(?:to|cc|bcc|from|sender|reply-to|subject|date|message-id|in-reply-to|references|comments|keywords|received|return-path|resent-[a-z-]+|list-[a-z-]+|content-[a-z-]+|mime-version|x-[\w-]+)$/i;

/** `Team: a@x, b@y;` is a group (RFC 5322 §3.4), `Bcc: a@x` a header; both hide recipients. */
function faultOfTitle(tokens: AddressToken[]): Fault | undefined {
	const colon = tokens.findIndex(({ kind }) => kind === 'colon');
	const title = tokens.slice(0, Math.max(colon, 0)).filter((token) => !isGap(token));
	if (title.length === 0 || !title.every(({ kind }) => kind === 'text' || kind === 'quoted')) {
		return undefined;
	}
	return HEADER_NAME.test(title[0]!.value) ? ADDRESS_FAULTS.header : ADDRESS_FAULTS.group;
}

/** A display name that begins like a header: `Bcc: jane@x`. */
export function looksLikeHeader(name: string): boolean {
	const colon = name.indexOf(':');
	return colon > 0 && HEADER_NAME.test(name.slice(0, colon).trim());
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

function readNamed(tokens: AddressToken[]): Mailbox | Fault {
	const open = tokens.findIndex(({ kind }) => kind === 'open');
	const close = tokens.findIndex(({ kind }) => kind === 'close');
	if (open === -1 || (close !== -1 && close < open)) return ADDRESS_FAULTS.strayBracket;
	if (close === -1) return ADDRESS_FAULTS.unclosedBracket;
	const before = tokens.slice(0, open);
	const after = tokens.slice(close + 1).filter((token) => !isGap(token));
	if (after[0]?.kind === 'close') return ADDRESS_FAULTS.strayBracket;
	if (after.length > 0) {
		return has(after, 'at') ? ADDRESS_FAULTS.twoAddresses : ADDRESS_FAULTS.textAfterAddress;
	}
	if (has(before, 'colon')) return ADDRESS_FAULTS.colon;

	const inside = trim(tokens.slice(open + 1, close));
	if (inside.length === 0) return ADDRESS_FAULTS.emptyAddress;
	const address = readAddress(inside);
	if (typeof address !== 'string') return address;
	const written = displayName(before);
	// Outlook copies a contact without a name as `'jane@x' <jane@x>`.
	const isQuotedAddress = written.toLowerCase() === `'${address.toLowerCase()}'`;
	const name = isQuotedAddress ? written.slice(1, -1) : written;
	if (looksLikeHeader(name)) return ADDRESS_FAULTS.header;
	// `a@x <b@y>` may be a forgotten comma, and the email would be sent to one of two people.
	if (has(before, 'at') && name.toLowerCase() !== address.toLowerCase()) {
		return ADDRESS_FAULTS.twoAddresses;
	}
	return name === '' ? { address } : { address, name };
}

/** RFC 5322 §3.4.1 `addr-spec`, with comments and white space around the @ sign only. */
function readAddress(tokens: AddressToken[]): string | Fault {
	const at = tokens.findIndex(({ kind }) => kind === 'at');
	if (at === -1) return ADDRESS_FAULTS.noAt;
	const left = trim(tokens.slice(0, at));
	const right = trim(tokens.slice(at + 1));
	if (right[0]?.source.startsWith('[')) return ADDRESS_FAULTS.domainLiteral;
	if (has(right, 'at')) {
		return right.some(isGap) ? ADDRESS_FAULTS.twoAddresses : ADDRESS_FAULTS.moreThanOneAt;
	}
	if (has(tokens, 'colon')) return ADDRESS_FAULTS.colon;
	if (has(tokens, 'open')) return ADDRESS_FAULTS.strayBracket;
	const [localToken] = left;
	const [domainToken] = right;
	if (!localToken) return ADDRESS_FAULTS.noLocalPart;
	if (!domainToken) return ADDRESS_FAULTS.noDomain;
	if (left.length > 1) {
		return left.some(isGap) ? ADDRESS_FAULTS.nameWithoutBrackets : ADDRESS_FAULTS.space;
	}
	if (right.length > 1) return ADDRESS_FAULTS.textAfterAddress;
	if (domainToken.kind !== 'text') return ADDRESS_FAULTS.domain;

	const local = readLocalPart(localToken);
	if (typeof local !== 'string') return local;
	const domain = readDomain(domainToken.value);
	if (typeof domain !== 'string') return domain;
	const address = `${local}@${domain}`;
	const isTooLong = Buffer.byteLength(address) > LIMITS.addressOctets;
	return isTooLong ? ADDRESS_FAULTS.addressTooLong : address;
}

/** RFC 5322 §3.2.5 `phrase`: a run of white space or a comment is one space; quotes keep theirs. */
function displayName(tokens: AddressToken[]): string {
	return tokens
		.map((token, index) => {
			if (!isGap(token)) return token.value.replaceAll('\t', ' ');
			const previous = tokens[index - 1];
			return previous && isGap(previous) ? '' : ' ';
		})
		.join('')
		.trim();
}

function has(tokens: AddressToken[], ...kinds: TokenKind[]): boolean {
	return tokens.some(({ kind }) => kinds.includes(kind));
}

function trim(tokens: AddressToken[]): AddressToken[] {
	const first = tokens.findIndex((token) => !isGap(token));
	const last = tokens.findLastIndex((token) => !isGap(token));
	return first === -1 ? [] : tokens.slice(first, last + 1);
}

/** RFC 5322 §3.2.3 `atext` and the dot between atoms, with RFC 6531 §3.3's UTF-8. */
const NOT_IN_DOT_ATOM = /[^A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.\u{80}-\u{10FFFF}]/u;

/**
 * The part before the @ sign. UTF-8 stays (RFC 6531): unlike a domain it has no ASCII form, and
 * Exchange Online has sent to such addresses since 2018 (Exchange team, "EAI support announcement").
 * It is brought into NFC, as RFC 6532 §3.1 asks. Quotes are kept only where they are needed, since
 * `"jane"@x` and `jane@x` are one mailbox (RFC 5321 §4.1.2).
 */
function readLocalPart(token: AddressToken): string | Fault {
	const meaning = token.value.normalize('NFC');
	const quoted = `"${meaning.replace(/["\\]/g, '\\$&')}"`;
	const local = isDotAtom(meaning) || token.kind === 'text' ? meaning : quoted;
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

/** In lower case. A quoted local part may hold an @ sign: the last one counts. */
export function domainOf(address: string): string {
	return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/**
 * The domain of an address in the form that Graph gets. An internationalized one goes as A-labels
 * (`xn--…`, RFC 5890): they mean the same host to every mail server, also to one without
 * SMTPUTF8. An ASCII domain goes as typed.
 *
 * A domain of one label (`jane@intranet`) passes: RFC 5321 allows it, and hybrid Exchange
 * organizations use it. An IP address, in brackets (RFC 5321 §4.1.3) or without, does not: Exchange
 * Online routes by domain name, and a number here is a mistake.
 */
export function readDomain(text: string): string | Fault {
	if (text.startsWith('[')) return ADDRESS_FAULTS.domainLiteral;
	const invisible = findInvisible(text);
	// Asked first: domainToASCII drops some of these silently, and would repair what was not meant.
	if (invisible !== undefined) return invisibleFault(invisible);
	if (/^\.|\.\.|\.$/.test(text)) return ADDRESS_FAULTS.dots;
	// Also asked first: domainToASCII follows the URL standard, which decodes %41 and stops at a slash.
	if (!/^[A-Za-z0-9.\-\u{80}-\u{10FFFF}]+$/u.test(text)) return ADDRESS_FAULTS.domain;
	if (text.length > 4 * LIMITS.domainOctets) return ADDRESS_FAULTS.domainTooLong;

	const ascii = /^\p{ASCII}+$/u.test(text) ? text : domainToASCII(text);
	const labels = ascii.split('.');
	const isLongLabel = labels.some((label) => label.length > LIMITS.domainLabelOctets);
	if (isLongLabel || ascii.length > LIMITS.domainOctets) return ADDRESS_FAULTS.domainTooLong;
	// RFC 1123 §2.1: letters, digits and hyphens, none of the latter at an end.
	if (!labels.every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(label))) {
		return ADDRESS_FAULTS.domain;
	}
	// RFC 3696 §2: a top-level domain is never all digits; what looks like one is an IPv4 address.
	return /^\d+$/.test(labels.at(-1) ?? '') ? ADDRESS_FAULTS.domainLiteral : ascii;
}
