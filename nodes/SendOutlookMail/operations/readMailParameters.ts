import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import type { MailOptions, MailParameters } from '../mail';

/** Reads what a designer entered for one item, each parameter once, as n8n evaluated it. */
export function readMailParameters(
	context: Pick<IExecuteFunctions, 'getNodeParameter' | 'getTimezone'>,
	itemIndex: number,
	now: Date,
): MailParameters {
	const read = (name: string, fallback: NodeParameterValueType) =>
		context.getNodeParameter(name, itemIndex, fallback) as unknown;
	return {
		to: read('to', ''),
		subject: read('subject', ''),
		bodyType: read('bodyType', 'html'),
		body: read('body', ''),
		options: read('options', {}) as MailOptions,
		timeZone: context.getTimezone(),
		now,
	};
}
