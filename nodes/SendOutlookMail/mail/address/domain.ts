import { domainToASCII } from 'node:url';

import { ADDRESS_FAULTS, invisibleFault } from './faults';
import { findInvisible } from '../characters';
import { LIMITS } from '../limits';
import type { Fault } from '../issues';

/**
 * The domain of an address in the form that Graph gets. An internationalised one goes as A-labels
 * (`xn--…`, RFC 5890): they mean the same host to every mail server, also to those on the way that
 * never heard of SMTPUTF8. An ASCII domain goes as typed.
 *
 * A domain of one label (`jane@intranet`) passes: RFC 5321 allows it, and hybrid Exchange
 * organisations use it. An IP address, in brackets (RFC 5321 §4.1.3) or without, does not: Exchange
 * Online routes by domain name, and a number here is a slip.
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
	if (ascii.length > LIMITS.domainOctets) return ADDRESS_FAULTS.domainTooLong;
	if (labels.some((label) => label.length > LIMITS.domainLabelOctets)) {
		return ADDRESS_FAULTS.domainTooLong;
	}
	// RFC 1123 §2.1: letters, digits and hyphens, none of the latter at an end.
	if (!labels.every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(label))) {
		return ADDRESS_FAULTS.domain;
	}
	// RFC 3696 §2: a top-level domain is never all digits; what looks like one is an IPv4 address.
	return /^\d+$/.test(labels.at(-1) ?? '') ? ADDRESS_FAULTS.domainLiteral : ascii;
}
