import { type ReadEntry, readAddressText } from './addressList';
import { findControl, hasLineBreak, hasLoneSurrogate } from '../characters';
import { ADDRESS_FAULTS, controlFault } from './faults';
import type { AddressField } from '../fieldNames';
import { isPlainObject, parseJsonValue } from '../json';
import { LIMITS } from '../limits';
import { type Refusal, type Fault, refusal } from '../issues';
import { isFault, type Mailbox } from './mailbox';
import { type Parsed, isBlank, shapeOf, textOf } from '../parsed';

/**
 * Reads the value of an address field in every shape that n8n may hand over:
 *
 * - a text with any number of addresses, or a JSON list of addresses in a text;
 * - an object `{address, name?}`, `{email, name?}` or Graph's `{emailAddress: {address, name?}}`;
 * - a list of these, nested or not.
 *
 * Blank texts hold no address and are passed over, also in a list. `null`, numbers and everything
 * else in a list are refused: an expression that gave nothing for one person would otherwise drop
 * that person from the mail unseen.
 *
 * Positions count the entries from 1 in the order written, so that for a plain list they are its
 * rows. Never throws.
 */
export function readAddressField(parameter: AddressField, value: unknown): Parsed<Mailbox[]> {
	const entries = Array.from(entriesOf(value, 0));
	const mailboxes: Mailbox[] = [];
	const refusals: Refusal[] = [];
	entries.forEach((entry, index) => {
		if (entry === BLANK) return;
		const { source, result } = entry;
		if (!isFault(result)) mailboxes.push(result);
		else refusals.push(refusal(parameter, result, { position: index + 1, value: source }));
	});
	return { value: mailboxes, refusals, warnings: [] };
}

/** A blank row of a list: holds nobody, yet counts, so that positions are row numbers. */
const BLANK = Symbol('blank');

function* entriesOf(value: unknown, depth: number): Generator<ReadEntry | typeof BLANK> {
	if (depth > LIMITS.nestedLists) {
		yield { source: 'a list', result: NESTED_TOO_DEEP };
	} else if (Array.isArray(value)) {
		for (const element of value as unknown[]) {
			if (typeof element === 'string' && isBlank(element)) yield BLANK;
			else yield* entriesOf(element, depth + 1);
		}
	} else if (typeof value === 'string') {
		const json = parseJsonValue(value);
		if (json) yield* entriesOf(json, depth + 1);
		else yield* readAddressText(value);
	} else if (isPlainObject(value) && !(value instanceof Date)) {
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
		return { source: 'an object', result: objectFault(address) };
	}
	const [entry, ...more] = readAddressText(address);
	if (!entry || more.length > 0) return { source: address, result: ONE_ADDRESS_EACH };
	if (isFault(entry.result) || isBlank(inner.name)) return entry;
	const { name } = inner;
	if (typeof name !== 'string') return { source: address, result: nameFault(name) };
	const fault = faultInName(name);
	return fault
		? { source: `${name} <${address}>`, result: fault }
		: { source: address, result: { address: entry.result.address, name: name.trim() } };
}

const ONE_ADDRESS_EACH: Fault = {
	cause: 'An object with more than one address in it stands for one recipient.',
	remedy: 'Give one object for each recipient.',
};

function objectFault(address: unknown): Fault {
	return {
		cause: `An object was given, and its address is ${shapeOf(address)}.`,
		remedy: 'Give objects with address and, if you like, name; or just the address as a text.',
	};
}

function nameFault(name: unknown): Fault {
	return {
		cause: `The name beside this address is ${shapeOf(name)}.`,
		remedy: 'Give the name as a text, or leave it out.',
	};
}

function faultInName(name: string): Fault | undefined {
	if (hasLineBreak(name)) return ADDRESS_FAULTS.lineBreak;
	if (hasLoneSurrogate(name)) return ADDRESS_FAULTS.loneSurrogate;
	const control = findControl(name);
	return control === undefined ? undefined : controlFault(control);
}
