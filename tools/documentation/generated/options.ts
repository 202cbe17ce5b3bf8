import type { INodeProperties } from 'n8n-workflow';
import { optionFields } from '#node/description/options';
import { code, type Table } from './table';

/** Every option of an email that is sent, in the words that a designer reads beside it. */
export function optionTable(): Table {
	const options = (optionFields[0]?.options ?? []) as INodeProperties[];
	return {
		head: ['Option', 'In expressions', 'What it does'],
		rows: options.map(({ displayName, name, description, hint, options: values }) => [
			displayName,
			code(name),
			[plain(description ?? ''), plain(hint ?? ''), choices(values)].filter(Boolean).join('. '),
		]),
	};
}

function choices(values: INodeProperties['options']): string {
	const names = (values ?? []).flatMap((value) => ('value' in value ? [value.name] : []));
	return names.length > 0 ? `One of ${names.join(', ')}` : '';
}

/** n8n shows a little HTML in descriptions. */
function plain(html: string): string {
	return html
		.replace(/<code>(.*?)<\/code>/g, (_whole, text: string) => code(unescape(text)))
		.replace(/\.$/, '');
}

function unescape(text: string): string {
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
