import type { IExecuteFunctions } from 'n8n-workflow';
import { escapeHtml } from '../mail/html';

type Context = Pick<IExecuteFunctions, 'evaluateExpression'>;

/** What becomes of `{{ $tool.parameters }}` within a text, as n8n's own message for a review has it. */
const OBJECT_AS_TEXT = '[object Object]';

/**
 * The message of a human review with the tool's parameters in words, where the expression gave none.
 * The values are written by a model: they are shown as they are, each indented below its name, so that
 * no value reads as another parameter or as a part of the message.
 */
export function withToolParameters(context: Context, message: unknown, messageType: unknown) {
	if (typeof message !== 'string' || !message.includes(OBJECT_AS_TEXT)) return message;
	const stored = context.evaluateExpression('{{ JSON.stringify($tool.parameters ?? {}) }}', 0);
	const lines = Object.entries(JSON.parse(String(stored)) as Record<string, unknown>).map(inWords);
	return message.replaceAll(OBJECT_AS_TEXT, () => asBlock(lines.join('\n'), messageType));
}

function inWords([name, value]: [string, unknown]): string {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return `${name.replace(/\s+/g, ' ')}:\n${text.replace(/^/gm, '    ')}`;
}

function asBlock(text: string, messageType: unknown): string {
	if (messageType === 'text') return text;
	if (messageType === 'html') return `<pre>${escapeHtml(text)}</pre>`;
	// A fence in Markdown ends at one of its length.
	const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
	const fence = '`'.repeat(longest + 1);
	return `\n${fence}\n${text}\n${fence}\n`;
}
