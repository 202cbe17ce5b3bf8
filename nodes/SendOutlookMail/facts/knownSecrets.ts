import { asObject } from './json';

/** Shorter values are not secrets of Entra ID, and removing them would garble every text. */
const SHORTEST_SECRET = 6;

/** Encodings can be nested: a form value within JSON within HTML. */
const DEEPEST_ENCODING = 3;

/** The secret fields of a credential and of its token data. */
const SECRET_FIELDS = ['clientSecret', 'privateKey', 'csrfSecret', 'codeVerifier'] as const;
const SECRET_TOKENS = ['access_token', 'refresh_token', 'id_token'] as const;

const NAMED_CHARACTERS: Readonly<Record<string, string>> = {
	...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', plus: '+', sol: '/' },
	...{ equals: '=', excl: '!', num: '#', dollar: '$', percnt: '%', lpar: '(', rpar: ')' },
	...{ ast: '*', comma: ',', period: '.', colon: ':', semi: ';', quest: '?', commat: '@' },
	...{ lsqb: '[', lbrack: '[', rsqb: ']', rbrack: ']', bsol: '\\', lowbar: '_', Hat: '^' },
	...{ lbrace: '{', lcub: '{', rbrace: '}', rcub: '}', vert: '|', verbar: '|', hyphen: '-' },
	...{ grave: '`', NewLine: '\n', Tab: '\t' },
};
const ESCAPED_CHARACTERS: Readonly<Record<string, string>> = {
	...{ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' },
};

/** One way to write a character as several. Each decodes only its own. */
interface Encoding {
	pattern: RegExp;
	/** @returns the character; undefined for what is not one. A number is a byte of a character. */
	decode(groups: ReadonlyArray<string | undefined>): string | number | undefined;
}

const ENCODINGS: readonly Encoding[] = [
	{
		// Percent-encoding: https://www.rfc-editor.org/rfc/rfc3986#section-2.1
		pattern: /%([\da-f]{2})/gi,
		decode: ([byte]) => parseInt(byte!, 16),
	},
	{
		// Escapes of JSON and JavaScript: https://www.rfc-editor.org/rfc/rfc8259#section-7
		pattern:
			/\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})|\\u([\da-f]{4})|\\x([\da-f]{2})|\\(["'\\/bfnrt])/gi,
		decode([high, low, unit, byte, escaped]) {
			if (escaped !== undefined) return ESCAPED_CHARACTERS[escaped] ?? escaped;
			const digits = high === undefined ? [unit ?? byte] : [high, low];
			return String.fromCharCode(...digits.map((each) => parseInt(each!, 16)));
		},
	},
	{
		// Character references of HTML and XML: https://html.spec.whatwg.org/#character-references
		pattern: /&#(\d{1,7});?|&#x([\da-f]{1,6});?|&([a-z]{2,8});/gi,
		decode([decimal, hex, name]) {
			if (name !== undefined) return NAMED_CHARACTERS[name];
			const point = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
			return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
		},
	},
];

/** Where a text repeats a secret: from and to, counted as `slice` counts. */
type Span = readonly [from: number, to: number];

/** One byte of a text, and where in the text it was written. */
interface Byte {
	/** As a character. */
	value: string;
	from: number;
	to: number;
}

interface Needle {
	bytes: string;
	/** Then the whole run is removed: its ends hold a part of the secret and of its neighbors. */
	isBase64: boolean;
}

/**
 * The secrets of the credential in use, to be removed from whatever is repeated. One for each run;
 * tokens that are renewed during the run are added.
 */
export class KnownSecrets {
	private readonly values = new Set<string>();
	private needles: Needle[] | undefined;

	add(...values: unknown[]): this {
		for (const value of values) {
			if (typeof value !== 'string') continue;
			// A key in PEM form is recognized by each of its lines.
			for (const part of [value.trim(), ...value.split(/\s+/)]) {
				if (part.length < SHORTEST_SECRET || /^-----|-----$/.test(part)) continue;
				this.values.add(part);
				this.needles = undefined;
			}
		}
		return this;
	}

	/** @param credential its data as n8n hands it to the node */
	addCredential(credential: Readonly<Record<string, unknown>>): this {
		this.add(...SECRET_FIELDS.map((field) => credential[field]));
		return this.addTokens(credential.oauthTokenData);
	}

	/** @param tokenData what the token endpoint answered, as n8n keeps it */
	addTokens(tokenData: unknown): this {
		const tokens = asObject(tokenData);
		return this.add(...SECRET_TOKENS.map((token) => tokens?.[token]));
	}

	/** Every place at which a text repeats one of the secrets, in whichever encoding. */
	findIn(text: string): Span[] {
		this.needles ??= [...this.values].flatMap(needlesOf);
		const spans: Span[] = [];
		for (const layer of layersOf(text)) {
			const places = layer.filter(({ value }) => fold(value) !== '');
			const folded = fold(textOf(layer));
			const spaced = folded.replace(/[ -]/g, '+');
			const base64 = folded.replaceAll('-', '+');
			for (const { bytes, isBase64 } of this.needles) {
				const searched = isBase64 ? base64 : spaced;
				for (let at = searched.indexOf(bytes); at >= 0; at = searched.indexOf(bytes, at)) {
					let [start, end] = [at, (at += bytes.length)];
					while (isBase64 && /[\w+/=]/.test(base64.charAt(start - 1))) start--;
					while (isBase64 && /[\w+/=]/.test(base64.charAt(end))) end++;
					spans.push([places[start]!.from, places[end - 1]!.to]);
				}
			}
		}
		return spans;
	}
}

function needlesOf(value: string): Needle[] {
	return [
		{ bytes: fold(textOf(bytesOf(value))).replace(/[ -]/g, '+'), isBase64: false },
		// RFC 6749, section 2.3.1: a client secret is form-encoded before it is made base64.
		...[value, encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'))].flatMap(
			base64Needles,
		),
	].filter(({ bytes }) => bytes.length >= SHORTEST_SECRET);
}

/** What base64 of a longer text holds, at whichever of three positions the value begins. */
function base64Needles(value: string): Needle[] {
	return [0, 1, 2].map((before) => {
		const bytes = Buffer.from(`${' '.repeat(before)}${value}`);
		const first = Math.ceil((before * 4) / 3);
		const last = Math.floor((bytes.length * 4) / 3);
		return { bytes: bytes.toString('base64').slice(first, last), isBase64: true };
	});
}

function bytesOf(text: string): Byte[] {
	let to = 0;
	return Array.from(text).flatMap((character) => {
		const from = to;
		to += character.length;
		return bytesAt(Buffer.from(character), from, to);
	});
}

/** Bytes that were written together. */
function bytesAt(bytes: Iterable<number>, from: number, to: number): Byte[] {
	return Array.from(bytes, (byte) => ({ value: String.fromCharCode(byte), from, to }));
}

function textOf(bytes: readonly Byte[]): string {
	return bytes.map(({ value }) => value).join('');
}

/** The text as it is, and as each sequence of encodings decodes it. */
function layersOf(text: string): Byte[][] {
	const layers = new Map<string, Byte[]>();
	const visit = (layer: Byte[], depth: number): void => {
		const written = textOf(layer);
		if (layers.has(written)) return;
		layers.set(written, layer);
		if (depth === DEEPEST_ENCODING) return;
		for (const encoding of ENCODINGS) visit(decoded(layer, written, encoding), depth + 1);
	};
	visit(bytesOf(text), 0);
	return [...layers.values()];
}

/** @param written the same layer as a text */
function decoded(layer: Byte[], written: string, { pattern, decode }: Encoding): Byte[] {
	const parts: Byte[][] = [];
	let at = 0;
	for (const match of written.matchAll(pattern)) {
		parts.push(layer.slice(at, match.index));
		at = match.index + match[0].length;
		const character = decode(match.slice(1)) ?? match[0];
		const bytes = typeof character === 'number' ? [character] : Buffer.from(character);
		parts.push(bytesAt(bytes, layer[match.index]!.from, layer[at - 1]!.to));
	}
	return at === 0 ? layer : [...parts, layer.slice(at)].flat();
}

/** For comparison: line breaks do not count, and the two alphabets of base64 are one. */
function fold(bytes: string): string {
	return bytes.replace(/[\r\n\t]+/g, '').replaceAll('_', '/');
}
