/** HTML that may go to a browser as it is; everything else is escaped when it is inserted. */
export class Markup {
	constructor(private readonly source: string) {}

	toString(): string {
		return this.source;
	}
}

export type Insert = Markup | string | number | null | undefined | false | readonly Insert[];

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

export function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function render(value: Insert): string {
	if (value === null || value === undefined || value === false) return '';
	if (value instanceof Markup) return value.toString();
	if (Array.isArray(value)) return value.map((item: Insert) => render(item)).join('');
	return escape(String(value as string | number));
}

/** Template tag: the literal parts are HTML, the inserted values are text unless they are Markup. */
export function html(literals: TemplateStringsArray, ...values: readonly Insert[]): Markup {
	const parts = literals.map((literal, index) => literal + render(values[index]));
	return new Markup(parts.join(''));
}
