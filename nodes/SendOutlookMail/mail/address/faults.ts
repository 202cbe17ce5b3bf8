import { LIMITS } from '../parameters';
import type { Fault } from '../issues';

/** Everything that can be wrong with one address, as the designer reads it. */
export const ADDRESS_FAULTS = {
	noAt: {
		cause: 'This entry has no @ sign, so it is not an address.',
		remedy: 'Write a whole address, such as jane@example.com, or remove the entry.',
	},
	expressionGaveNothing: {
		cause: 'An expression gave nothing where an address was expected.',
		remedy:
			'Check that the input item has the field that the expression names, or skip items without an address.',
	},
	expressionGaveObject: {
		cause: 'An expression gave an object where an address was expected.',
		remedy: 'Let the expression pick the text inside it, such as {{ $json.manager.email }}.',
	},
	expressionNotResolved: {
		cause: 'This entry still holds {{ }}, so its expression was not evaluated.',
		remedy: 'Switch the field from Fixed to Expression.',
	},
	curlyQuotes: {
		cause: 'Curly quotes do not enclose a name.',
		remedy: 'Use straight double quotes: "Doe, Jane" <jane@example.com>.',
	},
	fullWidthAt: {
		cause: 'The @ sign is a full-width one, which email does not use.',
		remedy: 'Type the address with an ordinary @ sign.',
	},
	moreThanOneAt: {
		cause: 'This entry has more than one @ sign.',
		remedy: 'Write one address for each entry, with a comma or semicolon between them.',
	},
	twoAddresses: {
		cause: 'One entry holds two addresses.',
		remedy: 'Put a comma or semicolon between them.',
	},
	nameWithoutBrackets: {
		cause: 'A name and an address are side by side without angle brackets.',
		remedy: 'Put the address in angle brackets: Jane Doe <jane@example.com>.',
	},
	textAfterAddress: {
		cause: 'There is text after the address.',
		remedy: 'Put a comma between two entries, and a name before its address: Jane <j@example.com>.',
	},
	space: {
		cause: 'There is a space inside the address.',
		remedy: 'Remove the space.',
	},
	emptyAddress: {
		cause: 'There is no address between the angle brackets.',
		remedy: 'Write the address between them, such as Jane <jane@example.com>.',
	},
	unclosedBracket: {
		cause: 'An angle bracket is opened and not closed.',
		remedy: 'Close it after the address: Jane <jane@example.com>.',
	},
	strayBracket: {
		cause: 'The angle brackets do not pair up.',
		remedy: 'Write the address in one pair of angle brackets: Jane <jane@example.com>.',
	},
	unclosedQuote: {
		cause: 'A double quote is opened and not closed.',
		remedy: 'Put a double quote at both ends of the name: "Doe, Jane" <jane@example.com>.',
	},
	unclosedComment: {
		cause: 'A round bracket is opened and not closed.',
		remedy: 'Close it, or put a name that holds brackets in double quotes.',
	},
	strayParenthesis: {
		cause: 'A round bracket is closed that was not opened.',
		remedy: 'Remove it, or put a name that holds brackets in double quotes.',
	},
	colon: {
		cause: 'There is a colon where an address cannot have one.',
		remedy: 'Remove it, or put a name that holds a colon in double quotes.',
	},
	webAddress: {
		cause: 'This is a web address, not an email address.',
		remedy: 'Enter an email address, such as jane@example.com.',
	},
	mailtoLink: {
		cause: 'This is a mailto: link with a subject or with encoded characters.',
		remedy: 'Write the address alone, without mailto: and without what follows the question mark.',
	},
	lineBreak: {
		cause: 'There is a line break inside the value.',
		remedy:
			'Write all addresses on one line, with a comma or semicolon between them, or let an expression give an array.',
	},
	group: {
		cause: 'This is a group of addresses under a name, with a colon between them.',
		remedy: 'Write the addresses alone, or put a name that holds a colon in double quotes.',
	},
	header: {
		cause: 'This looks like a line of an email header.',
		remedy:
			'Write addresses alone; for other recipients, use the options CC, BCC and Reply To. If it comes from data, check where the data comes from.',
	},
	noLocalPart: {
		cause: 'There is nothing before the @ sign.',
		remedy: 'Write a whole address, such as jane@example.com.',
	},
	noDomain: {
		cause: 'There is nothing after the @ sign.',
		remedy: 'Write a whole address, such as jane@example.com.',
	},
	dots: {
		cause: 'A part of the address begins or ends with a dot, or has two in a row.',
		remedy: 'Remove the extra dot.',
	},
	domainLiteral: {
		cause: 'The address has an IP address after the @ sign.',
		remedy: 'Use the name of the email domain, such as example.com.',
	},
	domain: {
		cause: 'What follows the @ sign is not a domain name.',
		remedy:
			'Use letters, digits, dots and hyphens only, with no hyphen at the start or end of a part, such as mail.example.com.',
	},
	domainTooLong: {
		cause: `The domain is too long: at most ${LIMITS.domainLabelOctets} characters between dots and ${LIMITS.domainOctets} in all.`,
		remedy: 'Check the address; other text may be attached to it.',
	},
	localPartTooLong: {
		cause: `The part before the @ sign is longer than ${LIMITS.localPartOctets} bytes.`,
		remedy: 'Check the address; other text may be attached to it.',
	},
	addressTooLong: {
		cause: `The address is longer than ${LIMITS.addressOctets} bytes.`,
		remedy: 'Check the address; other text may be attached to it.',
	},
} as const satisfies Record<string, Fault>;

export function invisibleFault(codePoint: string): Fault {
	return {
		cause: `The address holds the invisible character ${codePoint}.`,
		remedy: 'Type the address again; copied text often contains such characters.',
	};
}

export function characterFault(character: string): Fault {
	return {
		cause: `The address holds the character ${character}, which is not allowed before the @ sign.`,
		remedy: 'Remove it, or put the part before the @ sign in double quotes if it truly has it.',
	};
}

/** `Doe, Jane <j@x>` without quotes is two entries; this says how to make it one. */
export function commaInNameFault(quoted: string): Fault {
	return {
		cause: 'This entry has no @ sign; it looks like the first part of a name with a comma.',
		remedy: `Put the whole name in double quotes: ${quoted}.`,
	};
}
