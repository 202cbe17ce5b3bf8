import type { Recipient } from '@microsoft/microsoft-graph-types';
import { readJson } from '../facts/json';
import { FIELD_NAMES, type AddressField, LIMITS } from './parameters';
import { type Fault, type Refusal, type Warning, listNames, refusal, warning } from './issues';
import {
	type Mailbox,
	isFault,
	looksLikeHeader,
	type ReadEntry,
	readAddressText,
} from './address/mailbox';
import {
	type Parsed,
	isBlank,
	notSet,
	read,
	refused,
	shapeOf,
	textOf,
	isPlainObject,
	refuse,
} from './parsed';
import { faultInCharacters, hasLineBreak, withoutInvisible } from './characters';
import { ADDRESS_FAULTS } from './address/faults';
import { addressWarnings } from './warnings';

type RecipientField = 'to' | 'cc' | 'bcc';

/**
 * Reads To, CC and BCC together: each address once, in the first of the three fields that names it.
 *
 * An empty To is refused even when CC or BCC have addresses. Graph would take such an email, but in a
 * flow it means that an expression found no address.
 *
 * @param isReply Graph takes To from the message that is answered
 */
export function readRecipients(
	fields: Record<RecipientField, unknown>,
	{ isReply = false } = {},
): Parsed<Record<RecipientField, Mailbox[]>> {
	const seen: Seen = new Map();
	const to = isReply ? read([]) : readTo(fields.to, seen);
	const cc = readAddresses('cc', fields.cc, seen);
	const bcc = readAddresses('bcc', fields.bcc, seen);
	const refusals = [to, cc, bcc].flatMap((list) => list.refusals);
	if (seen.size > LIMITS.recipients) {
		refusals.push(
			refusal('to', {
				cause: `The email has ${seen.size} recipients in To, CC and BCC together; Exchange Online takes at most ${LIMITS.recipients}.`,
				remedy: 'Split the list over several emails, or send to a distribution list.',
			}),
		);
	}
	return {
		value: { to: to.value ?? [], cc: cc.value ?? [], bcc: bcc.value ?? [] },
		refusals,
		warnings: [to, cc, bcc].flatMap((list) => list.warnings),
	};
}

/**
 * From: exactly one address. Left blank it means the linked mailbox, as in other mail nodes, with a
 * warning, since an expression that gave nothing looks the same.
 */
export function readFrom(value: unknown): Parsed<Mailbox> {
	if (value === undefined) return notSet();
	if (isBlank(value)) {
		return notSet([
			warning('from', 'From is blank, so the email is sent from the linked mailbox itself.'),
		]);
	}
	const { value: mailboxes = [], refusals, warnings } = readAddressField('from', value);
	const [mailbox] = mailboxes;
	if (refusals.length > 0) return refused(...refusals);
	if (mailbox && mailboxes.length === 1) {
		return read(mailbox, [...warnings, ...addressWarnings('from', mailboxes)]);
	}
	return refuse('from', {
		cause: `From takes exactly one address, and ${mailboxes.length} were given.`,
		remedy: 'Enter the one mailbox that sends the email.',
	});
}

export function toRecipient({ address, name }: Mailbox): Recipient {
	return { emailAddress: name === undefined ? { address } : { address, name } };
}

function readTo(value: unknown, seen: Seen): Parsed<Mailbox[]> {
	const list = readAddresses('to', value, seen);
	if (list.refusals.length > 0 || list.value!.length > 0) return list;
	return refuse('to', {
		cause: `There is no address in To; the value is ${shapeOf(value)}.`,
		remedy:
			'Enter at least one address. If an expression fills the field, check that the item has what it names; to reach people in CC or BCC only, put your own address in To.',
	});
}

/**
 * From an address in lower case to the field that names it first. RFC 5321 §2.4 leaves the case of a
 * local part to its host; Exchange and all large mail services ignore it.
 */
type Seen = Map<string, AddressField>;

/** The addresses of a field that may be left blank, each once. */
export function readAddresses(
	parameter: RecipientField | 'replyTo',
	value: unknown,
	seen: Seen = new Map(),
): Parsed<Mailbox[]> {
	if (isBlank(value)) return read([]);
	const list = readAddressField(parameter, value);
	const warnings = [...list.warnings];
	const mailboxes = list.value!.filter(({ address }) => {
		const key = address.toLowerCase();
		const first = seen.get(key);
		if (first === undefined) {
			seen.set(key, parameter);
			return true;
		}
		const where =
			first === parameter ? `twice in ${FIELD_NAMES[parameter]}` : `in ${FIELD_NAMES[first]} too`;
		warnings.push(warning(parameter, `${address} is ${where}; it is used once.`));
		return false;
	});
	return {
		value: mailboxes,
		refusals: list.refusals,
		warnings: [...warnings, ...addressWarnings(parameter, mailboxes)],
	};
}

/**
 * Reads the value of an address field in every shape that n8n may hand over:
 *
 * - a text with any number of addresses, or a JSON list of addresses in a text;
 * - an object `{address, name?}`, `{email, name?}` or Graph's `{emailAddress: {address, name?}}`;
 * - a list of these, nested or not.
 *
 * Blank texts hold no address and are passed over, also in a list. `null`, numbers and everything
 * else in a list are refused: an expression that gave nothing for one person would otherwise drop
 * that person from the email unnoticed.
 *
 * Positions count the entries from 1 in the order written, so that for a plain list they are its
 * rows. Never throws.
 */
function readAddressField(parameter: AddressField, value: unknown): Parsed<Mailbox[]> {
	const mailboxes: Mailbox[] = [];
	const refusals: Refusal[] = [];
	const warnings: Warning[] = [];
	for (const [index, entry] of [...entriesOf(value, 0)].entries()) {
		if (!entry) continue;
		const { source, result } = entry;
		if (isFault(result)) {
			refusals.push(refusal(parameter, { ...result, position: index + 1, value: source }));
			continue;
		}
		const { address, name = '' } = result;
		const { text, removed } = withoutInvisible(name);
		mailboxes.push(text.trim() === '' ? { address } : { address, name: text.trim() });
		if (removed.length > 0) {
			warnings.push(warning(parameter, removedFromName(address, removed)));
		}
	}
	return { value: mailboxes, refusals, warnings };
}

function removedFromName(address: string, removed: string[]): string {
	return `The name of ${address} has characters that nobody sees (${listNames(removed)}); they are removed.`;
}

/** Undefined stands for a blank row of a list, which counts, so that positions are row numbers. */
function* entriesOf(value: unknown, depth: number): Generator<ReadEntry | undefined> {
	if (depth > LIMITS.nestedLists) {
		yield { source: 'a list', result: NESTED_TOO_DEEP };
	} else if (Array.isArray(value)) {
		for (const element of value as unknown[]) {
			if (typeof element === 'string' && isBlank(element)) yield undefined;
			else yield* entriesOf(element, depth + 1);
		}
	} else if (typeof value === 'string') {
		const json = readJson(value);
		if (json) yield* entriesOf(json, depth + 1);
		else yield* readAddressText(value);
	} else if (isPlainObject(value)) {
		yield readAddressObject(value);
	} else {
		yield { source: textOf(value) ?? shapeOf(value), result: notAnAddress(value) };
	}
}

const NESTED_TOO_DEEP: Fault = {
	cause: `Lists are nested more than ${LIMITS.nestedLists} deep here.`,
	remedy: 'Give one list of addresses.',
};

function notAnAddress(value: unknown): Fault {
	return {
		cause: `An address was expected here, and the value is ${shapeOf(value)}.`,
		remedy:
			value === undefined || value === null
				? 'Check that the input has an address for this entry, or leave the entry out.'
				: 'Give a text such as jane@example.com, or an object with address and name.',
	};
}

function readAddressObject(object: Record<string, unknown>): ReadEntry {
	const inner = isPlainObject(object.emailAddress) ? object.emailAddress : object;
	const address = inner.address ?? inner.email;
	if (typeof address !== 'string' || isBlank(address)) {
		const cause = `An object was given, and its address is ${shapeOf(address)}.`;
		const remedy =
			'Give objects with address and, if you like, name; or just the address as a text.';
		return { source: 'an object', result: { cause, remedy } };
	}
	const [entry, ...more] = readAddressText(address);
	if (!entry || more.length > 0) return { source: address, result: ONE_ADDRESS_EACH };
	if (isFault(entry.result) || isBlank(inner.name)) return entry;
	if (typeof inner.name !== 'string') {
		const cause = `The name beside this address is ${shapeOf(inner.name)}.`;
		const remedy = 'Give the name as a text, or leave it out.';
		return { source: address, result: { cause, remedy } };
	}
	const name = inner.name.trim();
	const fault = faultInName(name);
	return fault
		? { source: `${name} <${address}>`, result: fault }
		: { source: address, result: { address: entry.result.address, name } };
}

const ONE_ADDRESS_EACH: Fault = {
	cause: 'An object has more than one address, and each object is one recipient.',
	remedy: 'Give one object for each recipient.',
};

function faultInName(name: string): Fault | undefined {
	if (hasLineBreak(name)) return ADDRESS_FAULTS.lineBreak;
	if (looksLikeHeader(name)) return ADDRESS_FAULTS.header;
	return faultInCharacters(name, 'entry');
}
