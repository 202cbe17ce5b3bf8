import type { INodeProperties } from 'n8n-workflow';
import { FIELD_NAMES } from '#node/mail/parameters';
import { optionFields } from '#node/description/options';

const offered = optionFields.map(({ displayOptions, options }) => ({
	operation: displayOptions?.show?.operation,
	options: options as INodeProperties[],
}));

it.each(offered)('offers the options of $operation sorted by display name', ({ options }) => {
	const names = options.map(({ displayName }) => displayName);
	expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
});

it('names each option as refusals do', () => {
	const named: Readonly<Record<string, string>> = FIELD_NAMES;
	for (const { name, displayName } of offered[0]!.options) {
		if (name in named) expect(displayName).toBe(named[name]);
	}
});

it('offers the language of a question with a question alone', () => {
	expect(offered[2]!.options.map(({ name }) => name)).toContain('language');
	expect(offered[0]!.options.map(({ name }) => name)).not.toContain('language');
});
