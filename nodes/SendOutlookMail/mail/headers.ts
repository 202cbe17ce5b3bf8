import type { InternetMessageHeader } from '@microsoft/microsoft-graph-types';
import { isPlainObject, type Parsed, isBlank, notSet, shapeOf, textOf, refuse } from './parsed';
import { readJson } from '../facts/json';
import { LIMITS } from './parameters';
import { type Refusal, type Fault, firstFault, refusal } from './issues';

/**
 * Headers by which Exchange and its filters mark emails. It removes them from what others send (header
 * firewall), or trusts them: https://learn.microsoft.com/exchange/header-firewall-exchange-2013-help,
 * https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo
 */
const RESERVED =
	/^x-(?:ms-exchange-(?:organization|forest|crosspremises|crosstenant)-|forefront-|microsoft-antispam)/i;

/**
 * Custom headers from n8n's fixed collection, from a list of `{name, value}` or from an object
 * `{name: value}`, the latter two also as JSON in a text. Graph takes names that start with `x-`
 * only, and at most five. A row with neither name nor value was added and not filled: passed over.
 *
 * Values are printable ASCII (RFC 5322 §2.2): programs read these headers, and what Exchange would
 * make of other characters is not documented. Blank values are refused as mistakes.
 */
export function readHeaders(value: unknown): Parsed<InternetMessageHeader[]> {
	if (isBlank(value)) return notSet();
	const rows = rowsOf(value);
	if (!rows) {
		return refuse('headers', {
			cause: `Custom headers are names with values, and the value is ${shapeOf(value)}.`,
			remedy:
				'Add headers one by one, or let the expression give an object such as { "x-ticket": "4711" }.',
		});
	}
	const headers: InternetMessageHeader[] = [];
	const refusals: Refusal[] = [];
	const positions = new Map<string, number>();
	rows.forEach((row, index) => {
		if (isBlank(row.name) && isBlank(row.value)) return;
		const position = index + 1;
		const name = textOf(row.name)?.trim() ?? '';
		const text = textOf(row.value)?.trim() ?? '';
		const key = name.toLowerCase();
		const fault = faultInHeader(name, text, row.value, positions.get(key));
		if (fault) {
			const given = name || shapeOf(row.name);
			refusals.push(refusal('headers', { ...fault, position, value: given }));
		} else headers.push({ name, value: text });
		if (!positions.has(key)) positions.set(key, position);
	});
	const count = headers.length + refusals.length;
	if (count > LIMITS.headers) {
		refusals.push(
			refusal('headers', {
				cause: `There are ${count} custom headers; Microsoft Graph takes at most ${LIMITS.headers}.`,
				remedy: 'Remove some, or put several values into one header.',
			}),
		);
	}
	return { value: headers, refusals, warnings: [] };
}

function rowsOf(value: unknown): Array<Record<string, unknown>> | undefined {
	const given = typeof value === 'string' ? readJson(value) : value;
	// n8n wraps the rows of a fixed collection, one or many, in the name of the row.
	const wrapped = isPlainObject(given) ? given.header : undefined;
	const isWrapped = Array.isArray(wrapped) || isPlainObject(wrapped);
	const rows: unknown = isWrapped ? [wrapped].flat() : given;
	if (Array.isArray(rows)) return rows.every(isPlainObject) ? rows : undefined;
	if (!isPlainObject(rows)) return undefined;
	return Object.entries(rows).map(([name, text]) => ({ name, value: text }));
}

/**
 * @param value what the text was made from
 * @param first the header that has this name already, counted from 1
 */
function faultInHeader(
	name: string,
	text: string,
	value: unknown,
	first: number | undefined,
): Fault | undefined {
	return firstFault([
		{
			when: name === '',
			cause: 'The header has no name.',
			remedy: 'Enter a name that starts with x-.',
		},
		{
			// RFC 5322 §3.6.8 `ftext`: printable ASCII without the colon.
			when: !/^[\x21-\x39\x3B-\x7E]+$/.test(name),
			cause:
				'The name of the header holds a space, a colon or another character that it cannot have.',
			remedy: 'Use letters, digits and hyphens only, such as x-ticket.',
		},
		{
			when: !/^x-./i.test(name),
			cause: 'Microsoft Graph takes only headers whose name starts with x-.',
			remedy:
				'Name it so, such as x-ticket; for Reply-To, Importance and the like use their own options.',
		},
		{
			when: RESERVED.test(name),
			cause: 'Exchange reserves this header for what it decides itself, such as spam filtering.',
			remedy: 'Use a name of your own, such as x-ticket.',
		},
		{
			when: first !== undefined,
			cause: `The header has the same name as header ${first}.`,
			remedy: 'Use each name once.',
		},
		{
			when: text === '',
			cause: `The value of the header is ${shapeOf(value)}.`,
			remedy: 'Enter a value, or remove the header.',
		},
		{
			when: /[\r\n]/.test(text),
			cause: 'The value of the header has a line break.',
			remedy: 'Keep it on one line.',
		},
		{
			when: !/^[\t\x20-\x7E]+$/.test(text),
			cause: 'The value of the header holds characters other than plain letters, digits and signs.',
			remedy: 'Write it without accents, emoji and control characters, or encode it.',
		},
		{
			when: name.length + ': '.length + text.length > LIMITS.headerLineOctets,
			cause: `The header is longer than ${LIMITS.headerLineOctets} characters with its name.`,
			remedy: 'Shorten the value, or put it into the body.',
		},
	]);
}
