import type { NodeExecutionHint } from 'n8n-workflow';
import { MailWarnings } from '#node/output/hints';

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
