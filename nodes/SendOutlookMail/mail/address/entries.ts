import { ADDRESS_FAULTS } from './faults';
import { faultInCharacters, hasLineBreak } from '../characters';
import type { Fault } from '../issues';

export type TokenKind =
	| 'text'
	| 'quoted'
	| 'comment'
	| 'space'
	| 'at'
	| 'open'
	| 'close'
	| 'colon'
	| 'separator'
	| 'stray';

export interface AddressToken {
	kind: TokenKind;
	/** As written. */
	source: string;
	/** What a quoted string means, without quotes and backslashes; otherwise the source. */
	value: string;
	fault: Fault | undefined;
}

const KINDS: Readonly<Record<string, TokenKind>> = {
	'"': 'quoted',
	'(': 'comment',
	'@': 'at',
	'<': 'open',
	'>': 'close',
	':': 'colon',
	',': 'separator',
	';': 'separator',
	')': 'stray',
};

/** White space and comments (RFC 5322 §3.2.2 `CFWS`) have no meaning wherever they are allowed. */
export const GAPS: TokenKind[] = ['space', 'comment'];

export function isGap(kind: TokenKind): boolean {
	return GAPS.includes(kind);
}

/**
 * Cuts a list of addresses into the lexical tokens of RFC 5322 §3.2, with UTF-8 in atoms and
 * quoted strings (RFC 6532 §3.2). A line break is a fault wherever it is: what follows one would be
 * read as another header, and a pasted column may hold more people than the designer sees.
 *
 * Reads each character once and looks neither ahead nor back: the cost grows with the length alone.
 */
export function* addressTokens(characters: Iterable<string>): Generator<AddressToken> {
	let run: Run | undefined;
	for (const character of characters) {
		if (run && run.depth > 0) {
			extendEnclosed(run, character);
			continue;
		}
		const kind = kindOf(character);
		if (run?.kind === kind && (kind === 'text' || kind === 'space')) {
			run.source += character;
			run.value += character;
			continue;
		}
		if (run) yield tokenOf(run);
		const isEnclosed = kind === 'quoted' || kind === 'comment';
		run = {
			kind,
			source: character,
			value: isEnclosed ? '' : character,
			depth: isEnclosed ? 1 : 0,
			escaped: false,
		};
	}
	if (run) yield tokenOf(run);
}

/** A token that may still grow. */
interface Run extends Omit<AddressToken, 'fault'> {
	/** How many quotes or round brackets are open. */
	depth: number;
	escaped: boolean;
}

function extendEnclosed(run: Run, character: string): void {
	run.source += character;
	if (run.escaped) {
		run.escaped = false;
		run.value += character;
	} else if (character === '\\') {
		run.escaped = true;
	} else if (run.kind === 'quoted' && character === '"') {
		run.depth = 0;
	} else if (run.kind === 'comment' && character === '(') {
		run.depth += 1;
	} else if (run.kind === 'comment' && character === ')') {
		run.depth -= 1;
	} else {
		run.value += character;
	}
}

function kindOf(character: string): TokenKind {
	// Beyond RFC 5322's space and tab: the no-break space and its kin come along with copied text.
	// Vertical tab and form feed stay text, to be refused as the control characters they are.
	return KINDS[character] ?? (/[^\S\v\f\u2028\u2029]/u.test(character) ? 'space' : 'text');
}

function tokenOf({ kind, source, value, depth }: Run): AddressToken {
	return { kind, source, value, fault: faultOf(kind, source, depth > 0) };
}

function faultOf(kind: TokenKind, source: string, isOpen: boolean): Fault | undefined {
	if (kind === 'stray') return ADDRESS_FAULTS.strayParenthesis;
	if (isOpen) {
		return kind === 'quoted' ? ADDRESS_FAULTS.unclosedQuote : ADDRESS_FAULTS.unclosedComment;
	}
	if (hasLineBreak(source)) return ADDRESS_FAULTS.lineBreak;
	return faultInCharacters(source, 'entry');
}

/** The tokens of one entry of a list; they need not make an address. */
export interface AddressEntry {
	/** Without the `mailto:` of a link. */
	tokens: AddressToken[];
	/** As written, without the separator. */
	source: string;
	/** The separator that ended it: `,` or `;`, or nothing at the end of the list. */
	endedBy: string;
	/** Whether `mailto:` preceded the address. */
	mailto: boolean;
}

/** Cuts a list into its entries. Blank entries are left out. */
export function* addressEntries(tokens: Iterable<AddressToken>): Generator<AddressEntry> {
	let entry: AddressToken[] = [];
	for (const token of tokens) {
		if (token.kind !== 'separator') {
			entry.push(token);
			continue;
		}
		if (!isBlank(entry)) yield entryOf(entry, token.source);
		entry = [];
	}
	if (!isBlank(entry)) yield entryOf(entry, '');
}

function isBlank(tokens: AddressToken[]): boolean {
	return tokens.every(({ kind, fault }) => isGap(kind) && !fault);
}

function entryOf(tokens: AddressToken[], endedBy: string): AddressEntry {
	const source = tokens.map((token) => token.source).join('');
	const mailto = findMailto(tokens);
	return {
		tokens: mailto === undefined ? tokens : tokens.toSpliced(mailto, 2),
		source: source.trim(),
		endedBy,
		mailto: mailto !== undefined,
	};
}

/** At the start of the entry or of its angle brackets, where copied links leave it. */
function findMailto(tokens: AddressToken[]): number | undefined {
	const bracket = tokens.findIndex(({ kind }) => kind === 'open');
	return [0, bracket + 1]
		.map((start) => tokens.findIndex(({ kind }, index) => index >= start && !isGap(kind)))
		.find(
			(index) =>
				tokens[index]?.source.toLowerCase() === 'mailto' && tokens[index + 1]?.kind === 'colon',
		);
}
