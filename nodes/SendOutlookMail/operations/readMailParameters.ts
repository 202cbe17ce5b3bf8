import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import type { Options, Parameters } from '../mail/parameters';

/** Reads what a designer entered for one item, each parameter once, as n8n evaluated it. */
export function readMailParameters(
	context: Pick<IExecuteFunctions, 'getNodeParameter' | 'getTimezone'>,
	itemIndex: number,
	now: Date,
): Parameters {
	const read = (name: string, fallback: NodeParameterValueType) =>
		context.getNodeParameter(name, itemIndex, fallback) as unknown;
	return {
		to: read('to', ''),
		subject: read('subject', ''),
		bodyType: read('bodyType', 'html'),
		body: read('body', ''),
		options: read('options', {}) as Options,
		timeZone: context.getTimezone(),
		now,
	};
}
