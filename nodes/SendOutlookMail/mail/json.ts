/**
 * The list or object that a text holds as JSON; `undefined` for every other text. AI tools and
 * plain text fields hand lists over this way: `["jane@example.com"]`.
 */
export function parseJsonValue(text: string): object | undefined {
	const trimmed = text.trim();
	if (!/^(?:\[[^]*\]|\{[^]*\})$/.test(trimmed)) return undefined;
	try {
		const value: unknown = JSON.parse(trimmed);
		return typeof value === 'object' && value !== null ? value : undefined;
	} catch {
		// Not JSON after all: the caller reads the text by its own grammar, which names what is off.
		return undefined;
	}
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
