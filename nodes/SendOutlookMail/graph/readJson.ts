/** The object in an answer's body; undefined where something other than Graph answered. */
export function readJson(body: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(body);
		return typeof value === 'object' && value !== null
			? (value as Record<string, unknown>)
			: undefined;
	} catch {
		// A proxy's page, or an answer that was cut: whoever asks decides what that means.
		return undefined;
	}
}
