import type { AddressToken, TokenKind } from './tokens';

/** The tokens of one entry of a list; they need not make an address. */
export interface AddressEntry {
	tokens: AddressToken[];
	/** As written, without the separator. */
	source: string;
	/** The separator that ended it: `,` `;` a line break, or nothing at the end of the list. */
	endedBy: string;
	/** Whether `mailto:` stood before the address. */
	mailto: boolean;
}

/**
 * Cuts a list into its entries. Blank entries are left out. A group (RFC 5322 §3.4,
 * `Team: a@x, b@x;`) stands for its members, since Graph knows no groups; its name is dropped, and
 * an empty one (`undisclosed-recipients:;`) stands for nobody.
 */
export function* addressEntries(tokens: Iterable<AddressToken>): Generator<AddressEntry> {
	let draft = new EntryDraft();
	let inGroup = false;
	for (const token of tokens) {
		if (token.kind === 'separator') {
			if (!draft.isBlank) yield draft.end(token.source);
			draft = new EntryDraft();
			if (token.source === ';') inGroup = false;
		} else if (token.kind === 'colon' && draft.endsWithMailto) {
			draft.dropMailto();
		} else if (token.kind === 'colon' && draft.isPhrase && !inGroup) {
			draft = new EntryDraft();
			inGroup = true;
		} else {
			draft.add(token);
		}
	}
	if (!draft.isBlank) yield draft.end('');
}

/** White space and comments (RFC 5322 §3.2.2 `CFWS`) mean nothing wherever they may stand. */
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

	/** The kind of the last token but one, gaps left out; what stands before a `mailto`. */
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

	/** RFC 5322 §3.2.5: words only, as a name or the title of a group is. */
	get isPhrase(): boolean {
		return this.words > 0 && this.onlyWords && !this.mailto;
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
