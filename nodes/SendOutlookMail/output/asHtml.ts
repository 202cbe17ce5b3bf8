/**
 * Text as text in n8n's editor, whoever wrote it: n8n renders descriptions and hints as HTML, and reads
 * what stands between backticks as code.
 */
export function asHtml(text: string): string {
	return text
		.replace(/[&<>`]/g, (character) => `&#${character.charCodeAt(0)};`)
		.replace(/\n/g, '<br/>');
}
