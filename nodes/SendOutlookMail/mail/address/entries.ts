import { ADDRESS_FAULTS } from './faults';
import { faultInCharacters, hasLineBreak } from '../characters';
import type { Fault } from '../issues';

type TokenKind =
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
	fault?: Fault;
}

const SINGLE: Record<string, TokenKind> = {
	'@': 'at',
	'<': 'open',
	'>': 'close',
	':': 'colon',
	',': 'separator',
	';': 'separator',
	')': 'stray',
};

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
		if (run?.depth) {
			extendEnclosed(run, character);
			if (run.depth === 0) {
				yield tokenOf(run);
				run = undefined;
			}
			continue;
		}
		const single = SINGLE[character];
		const kind = single ?? kindOf(character);
		if (run && run.kind !== kind) {
			yield tokenOf(run);
			run = undefined;
		}
		if (single !== undefined) {
			yield single === 'stray'
				? { ...plain(single, character), fault: ADDRESS_FAULTS.strayParenthesis }
				: plain(single, character);
		} else if (run) {
			run.source += character;
			run.value += character;
		} else {
			run = startRun(kind, character);
		}
	}
	if (run) yield tokenOf(run);
}

interface Run {
	kind: TokenKind;
	source: string;
	value: string;
	/** How many quotes or round brackets are open. */
	depth: number;
	escaped: boolean;
}

function startRun(kind: TokenKind, character: string): Run {
	const enclosed = kind === 'quoted' || kind === 'comment';
	return {
		kind,
		source: character,
		value: enclosed ? '' : character,
		depth: enclosed ? 1 : 0,
		escaped: false,
	};
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
	if (character === '"') return 'quoted';
	if (character === '(') return 'comment';
	// Beyond RFC 5322's space and tab: the no-break space and its kin come along with copied text.
	// Vertical tab and form feed stay text, to be refused as the control characters they are.
	return /[^\S\v\f\u2028\u2029]/u.test(character) ? 'space' : 'text';
}

function plain(kind: TokenKind, source: string): AddressToken {
	return { kind, source, value: source };
}

function tokenOf(run: Run): AddressToken {
	const token = plain(run.kind, run.source);
	const fault = faultOf(run);
	return { ...token, value: run.value, ...(fault ? { fault } : {}) };
}

function faultOf(run: Run): Fault | undefined {
	if (run.depth > 0) {
		return run.kind === 'quoted' ? ADDRESS_FAULTS.unclosedQuote : ADDRESS_FAULTS.unclosedComment;
	}
	if (hasLineBreak(run.source)) return ADDRESS_FAULTS.lineBreak;
	return faultInCharacters(run.source, 'entry');
}

/** The tokens of one entry of a list; they need not make an address. */
export interface AddressEntry {
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
	let draft = new EntryDraft();
	for (const token of tokens) {
		if (token.kind === 'separator') {
			if (!draft.isBlank) yield draft.end(token.source);
			draft = new EntryDraft();
		} else if (token.kind === 'colon' && draft.endsWithMailto) {
			draft.dropMailto();
		} else {
			draft.add(token);
		}
	}
	if (!draft.isBlank) yield draft.end('');
}

/** White space and comments (RFC 5322 §3.2.2 `CFWS`) have no meaning wherever they are allowed. */
export function isGap(kind: TokenKind): boolean {
	return kind === 'space' || kind === 'comment';
}

/** Knows at every token what it has so far, so that no colon costs a look back over the entry. */
class EntryDraft {
	private readonly tokens: AddressToken[] = [];

	private source = '';

	private mailto = false;

	private words = 0;

	private onlyWords = true;

	/** The kind of the last token but one, gaps left out; it precedes a `mailto`. */
	private beforeLast: TokenKind | undefined;

	private last: AddressToken | undefined;

	add(token: AddressToken): void {
		this.tokens.push(token);
		this.source += token.source;
		if (token.fault) this.onlyWords = false;
		if (isGap(token.kind)) return;
		this.words += 1;
		if (token.kind !== 'text' && token.kind !== 'quoted') this.onlyWords = false;
		this.beforeLast = this.last?.kind;
		this.last = token;
	}

	get isBlank(): boolean {
		return this.words === 0 && this.onlyWords && !this.mailto;
	}

	/** At the start of the entry or of its angle brackets, where copied links leave it. */
	get endsWithMailto(): boolean {
		return (
			!this.mailto &&
			this.tokens.at(-1)?.source.toLowerCase() === 'mailto' &&
			(this.beforeLast === undefined || this.beforeLast === 'open')
		);
	}

	dropMailto(): void {
		this.tokens.pop();
		this.source += ':';
		this.words -= 1;
		this.mailto = true;
	}

	end(endedBy: string): AddressEntry {
		return { tokens: this.tokens, source: this.source.trim(), endedBy, mailto: this.mailto };
	}
}
