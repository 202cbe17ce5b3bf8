export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The object or list that a text holds as JSON; undefined for every other text, such as a page, an
 * answer that was cut off, or an address.
 */
export function readJson(text: string): JsonObject | undefined {
	if (!/^\s*[[{]/.test(text)) return undefined;
	try {
		return asObject(JSON.parse(text));
	} catch {
		// Not JSON after all: the caller reads the text by its own grammar, or knows the status.
		return undefined;
	}
}

export function asObject(value: unknown): JsonObject | undefined {
	return typeof value === 'object' && value !== null ? (value as JsonObject) : undefined;
}

export function asText(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/** The entries that have a value. */
export function definedEntries<T extends JsonObject>(
	entries: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
	const defined = Object.entries(entries).filter(([, value]) => value !== undefined);
	return Object.fromEntries(defined) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
