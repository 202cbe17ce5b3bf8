import type { NodeExecutionHint } from 'n8n-workflow';
import { announcePace, MailWarnings } from '#node/output/hints';

function announced(mails: number, perMinute: number) {
	const hints: string[] = [];
	const log: string[] = [];
	const context = {
		getNode: () => ({ name: 'Welcome' }),
		addExecutionHints: ({ message }: NodeExecutionHint) => void hints.push(message),
		logger: { info: (line: string) => void log.push(line) },
	} as unknown as Parameters<typeof announcePace>[0];
	announcePace(context, { mails, perMinute }, new Date(0));
	return { hints, log };
}

test('a run of less than a minute is not announced', () => {
	expect(announced(30, 30)).toEqual({ hints: [], log: [] });
});

test.each([
	[31, 30, '31 emails at 30 per minute take about 1 min', '1970-01-01T00:01:00.000Z'],
	[200, 30, '200 emails at 30 per minute take about 6 min 38 s', '1970-01-01T00:06:38.000Z'],
	[3901, 30, '3901 emails at 30 per minute take about 2 h 10 min', '1970-01-01T02:10:00.000Z'],
	[2, 0.5, '2 emails at 0.5 per minute take about 2 min', '1970-01-01T00:02:00.000Z'],
])('%i emails at %d a minute: log and hint say how long they take', (mails, rate, takes, until) => {
	expect(announced(mails, rate)).toEqual({
		hints: [`${takes}.`],
		log: [`Welcome: ${takes}, until ${until}.`],
	});
});

test('an older host without hints and logger is not asked for them', () => {
	const context = { getNode: () => ({ name: 'Welcome' }) } as Parameters<typeof announcePace>[0];
	expect(() => announcePace(context, { mails: 100, perMinute: 1 }, new Date(0))).not.toThrow();
});

function shown(warnings: MailWarnings): string[] {
	const hints: NodeExecutionHint[] = [];
	warnings.show({ addExecutionHints: (...more) => void hints.push(...more) });
	return hints.map(({ message }) => message);
}

test('the same words for many items are told once, with the first item', () => {
	const warnings = new MailWarnings();
	warnings.add(0, []);
	for (const item of [3, 4, 9]) warnings.add(item, [{ field: 'Body', text: 'It is empty.' }]);
	warnings.add(5, [{ field: 'Subject', text: 'It is odd.' }]);
	expect(shown(warnings)).toEqual([
		'Body (3 items, the first is 3): It is empty.',
		'Subject (item 5): It is odd.',
	]);
});

test('n8n shows tags and backticks in them as they are', () => {
	const warnings = new MailWarnings();
	warnings.add(0, [{ field: 'Body', text: 'Write <br> & `code`.' }]);
	expect(shown(warnings)).toEqual(['Body (item 0): Write &#60;br&#62; &#38; &#96;code&#96;.']);
});

test('many different ones do not push the output out of sight', () => {
	const warnings = new MailWarnings();
	for (let item = 0; item < 9; item += 1)
		warnings.add(item, [{ field: 'To', text: `Name ${item} is odd.` }]);
	const hints = shown(warnings);
	expect(hints).toHaveLength(6);
	expect(hints[5]).toBe('The operation Preview shows more warnings: 4.');
});
