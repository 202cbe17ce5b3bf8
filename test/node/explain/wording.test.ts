import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** n8n's rules for what a user reads: say what happened and how to fix it, without these words. */
const UNWELCOME = /\b(?:error|problem|failure|mistake)s?\b/i;
/** Buttons that n8n has renamed. */
const NAMED_OTHERWISE = /connect my account/i;

const node = path.join(__dirname, '../../../nodes/SendOutlookMail');
const credentials = path.join(__dirname, '../../../credentials');
const files = [
	...globSync('{output,explain,facts,account,graph,operations,description}/**/*.ts', {
		cwd: node,
	}).map((file) => path.join(node, file)),
	...globSync('*.ts', { cwd: credentials }).map((file) => path.join(credentials, file)),
];

/** Every text that stands in a program, but for the names of what it imports. */
function textsIn(file: string): string[] {
	const texts: string[] = [];
	const visit = (part: ts.Node): void => {
		if (ts.isImportDeclaration(part)) return;
		if (ts.isStringLiteralLike(part) || ts.isTemplateExpression(part)) texts.push(part.getText());
		ts.forEachChild(part, visit);
	};
	visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
	return texts
		.filter((text) => text.includes(' '))
		.map((text) => text.replace(/\$\{[^}]*\}/g, '…'));
}

test.each(files.map((file) => [path.relative(path.dirname(node), file), file]))(
	'in %s no text has an unwelcome word',
	(_name, file) => {
		const unwelcome = textsIn(file).filter(
			(text) => UNWELCOME.test(text) || NAMED_OTHERWISE.test(text),
		);
		expect(unwelcome).toEqual([]);
	},
);

test('texts are found', () => {
	const texts = files.flatMap(textsIn);
	expect(texts.length).toBeGreaterThan(200);
	expect(texts.join('\n')).toContain('Ask your n8n administrator');
});
