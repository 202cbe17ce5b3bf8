import { ADDRESS_FAULTS } from './faults';
import { faultInCharacters, hasLineBreak } from '../characters';
import type { Fault } from '../issues';

/** The kinds of token that a single character is or opens. */
const KINDS = {
	'"': 'quoted',
	'(': 'comment',
	'@': 'at',
	'<': 'open',
	'>': 'close',
	':': 'colon',
	',': 'separator',
	';': 'separator',
	')': 'stray',
} as const;

export type TokenKind = 'text' | 'space' | (typeof KINDS)[keyof typeof KINDS];

export interface AddressToken {
	kind: TokenKind;
	/** As written. */
	source: string;
	/** What a quoted string means, without quotes and backslashes; otherwise the source. */
	value: string;
	fault: Fault | undefined;
}

/** Within quotes and round brackets: what a character changes in how many are open. */
const NESTING: Readonly<Partial<Record<TokenKind, Record<string, number>>>> = {
	quoted: { '"': -1 },
	comment: { '(': 1, ')': -1 },
};

/** White space and comments (RFC 5322 §3.2.2 `CFWS`) have no meaning wherever they are allowed. */
export function isGap({ kind }: AddressToken): boolean {
	return kind === 'space' || kind === 'comment';
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
			run.source += character;
			run.depth += run.escaped ? 0 : (NESTING[run.kind]?.[character] ?? 0);
			run.escaped = !run.escaped && character === '\\';
			continue;
		}
		const kind = kindOf(character);
		if (run?.kind === kind && (kind === 'text' || kind === 'space')) {
			run.source += character;
			continue;
		}
		if (run) yield tokenOf(run);
		run = { kind, source: character, depth: NESTING[kind] ? 1 : 0, escaped: false };
	}
	if (run) yield tokenOf(run);
}

/** A token that may still grow. */
interface Run extends Pick<AddressToken, 'kind' | 'source'> {
	/** How many quotes or round brackets are open. */
	depth: number;
	escaped: boolean;
}

function kindOf(character: string): TokenKind {
	// Beyond RFC 5322's space and tab: the no-break space and its kin come along with copied text.
	// Vertical tab and form feed stay text, to be refused as the control characters they are.
	const kinds: Readonly<Record<string, TokenKind>> = KINDS;
	return kinds[character] ?? (/[^\S\v\f\u2028\u2029]/u.test(character) ? 'space' : 'text');
}

function tokenOf(run: Run): AddressToken {
	const { kind, source } = run;
	const value = kind === 'quoted' ? source.slice(1, -1).replace(/\\(.)/gsu, '$1') : source;
	return { kind, source, value, fault: faultOf(run) };
}

function faultOf({ kind, source, depth }: Run): Fault | undefined {
	if (kind === 'stray') return ADDRESS_FAULTS.strayParenthesis;
	if (depth > 0) {
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
	return tokens.every((token) => isGap(token) && !token.fault);
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
		.map((start) => tokens.findIndex((token, index) => index >= start && !isGap(token)))
		.find(
			(index) =>
				tokens[index]?.source.toLowerCase() === 'mailto' && tokens[index + 1]?.kind === 'colon',
		);
}
