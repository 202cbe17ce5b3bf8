import { globSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { PACKAGE_FOLDER } from '../../kit/folders';

/** One thing that the node can say, as it is in the code; `…` is a value. */
export interface SourceMessage {
	/** From nodes/SendOutlookMail, with slashes. */
	file: string;
	message: string;
	/** Empty for a warning, whose text holds it. */
	remedy: string;
	/** The function or class that makes it, such as `refusal` or `skipped`; none for an object. */
	maker: string | undefined;
}

const NODE_FOLDER = join(PACKAGE_FOLDER, 'nodes', 'SendOutlookMail');

/** Their messages have tables of their own on the page. */
const TABLES = ['explain/aadstsErrors.ts', 'explain/graphErrors.ts'];

/** What people read who are asked, and what designers read before they run the node. */
const OTHER_TEXTS = /^(?:description\/|ask\/(?:words|page|pageStyle|email|safeHtml)\.ts)/;

/** Their sentences are names, styles, internal faults, or an answer in the output. */
const NO_MESSAGES =
	/^(?:SendOutlookMail\.node|account\/(?:cloudInstances|credentialExpressions)|mail\/(?:windowsZones|markdown|parameters)|output\/previewPage|ask\/.*|operations\/(?:answerQuestion|waitingQuestion))\.ts$/;

/** How parameters and properties for a message are called throughout the node. */
const MESSAGE_NAMES = ['cause', 'message', 'detail', 'text'];

/** More alternatives than this are shown as a value. */
const MOST_ALTERNATIVES = 4;

/**
 * Everything that the node says at run time, read from its source: messages, and sentences that are
 * only parts of one.
 */
export function readSourceMessages(): { messages: SourceMessage[]; parts: string[] } {
	const files = globSync('**/*.ts', { cwd: NODE_FOLDER }).map((file) => join(NODE_FOLDER, file));
	const program = ts.createProgram(files, COMPILER_OPTIONS, ownFilesOnly());
	const reader = new MessageReader(program.getTypeChecker());
	for (const source of program.getSourceFiles()) {
		const file = relative(NODE_FOLDER, source.fileName).split(sep).join('/');
		if (file.startsWith('..') || TABLES.includes(file) || OTHER_TEXTS.test(file)) continue;
		reader.read(source, file);
	}
	return { messages: reader.messages, parts: reader.parts() };
}

const COMPILER_OPTIONS: ts.CompilerOptions = {
	target: ts.ScriptTarget.ES2023,
	module: ts.ModuleKind.CommonJS,
	moduleResolution: ts.ModuleResolutionKind.Node10,
	noLib: true,
	types: [],
};

/** Only names are looked up, so the types of packages, which take seconds, are left out. */
function ownFilesOnly(): ts.CompilerHost {
	const host = ts.createCompilerHost(COMPILER_OPTIONS);
	host.resolveModuleNameLiterals = (literals, containingFile) =>
		literals.map(({ text }) =>
			text.startsWith('.')
				? ts.resolveModuleName(text, containingFile, COMPILER_OPTIONS, host)
				: { resolvedModule: undefined },
		);
	return host;
}

class MessageReader {
	readonly messages: SourceMessage[] = [];
	private readonly shown = new Set<ts.Node>();
	private readonly sentences: Array<{ file: string; at: ts.Node }> = [];

	constructor(private readonly checker: ts.TypeChecker) {}

	read(source: ts.SourceFile, file: string): void {
		const visit = (at: ts.Node): void => {
			if (ts.isObjectLiteralExpression(at)) this.readObject(at, file);
			if (ts.isCallExpression(at) || ts.isNewExpression(at)) this.readCall(at, file);
			if (isSentence(at)) this.sentences.push({ file, at });
			ts.forEachChild(at, visit);
		};
		visit(source);
	}

	/** Sentences that are put together in another way, so that no message is without a row. */
	parts(): string[] {
		const texts = this.sentences
			.filter(({ file, at }) => !this.shown.has(at) && !NO_MESSAGES.test(file))
			.flatMap(({ at }) => this.textsOf(at).map(shortened));
		return unique(texts).sort();
	}

	private readObject(object: ts.ObjectLiteralExpression, file: string): void {
		const valueOf = (names: readonly string[]) =>
			object.properties.flatMap((property) => {
				if (!property.name || !names.includes(property.name.getText())) return [];
				if (ts.isPropertyAssignment(property)) return [property.initializer];
				return ts.isShorthandPropertyAssignment(property) ? [property.name] : [];
			})[0];
		const message = valueOf(MESSAGE_NAMES);
		const remedy = valueOf(['remedy']);
		const isWarning = valueOf(['text']) !== undefined && valueOf(['field']) !== undefined;
		if (message && (remedy || isWarning)) this.add(file, undefined, message, remedy);
	}

	private readCall(call: ts.CallExpression | ts.NewExpression, file: string): void {
		const declaration = this.checker.getResolvedSignature(call)?.declaration;
		if (!declaration || ts.isJSDocSignature(declaration)) return;
		if (!declaration.getSourceFile().fileName.startsWith(NODE_FOLDER)) return;
		const argumentFor = (names: readonly string[]) => {
			const index = declaration.parameters.findIndex(({ name }) => names.includes(name.getText()));
			return index === -1 ? undefined : call.arguments?.[index];
		};
		const maker = call.expression.getText();
		if (maker === 'ok') this.textsOf(call.arguments![0]!);
		const message = argumentFor(MESSAGE_NAMES);
		const remedy = argumentFor(['remedy']);
		// A function that tells a text in other words, or reads a designer's own, makes no message.
		if (message && (remedy || MAKERS.includes(maker))) this.add(file, maker, message, remedy);
	}

	private add(
		file: string,
		maker: string | undefined,
		message: ts.Expression | ts.Identifier,
		remedy: ts.Expression | ts.Identifier | undefined,
	): void {
		const remedies = remedy ? this.textsOf(remedy) : [''];
		for (const text of unique(this.textsOf(message).map(shortened))) {
			// A pair that is only passed on has no words of its own.
			if (isOnlyValues(text) && remedies.every(isOnlyValues)) continue;
			this.messages.push({
				file,
				maker,
				message: text,
				remedy: unique(remedies.map(shortened)).join(' Or: '),
			});
		}
	}

	/** Every text that an expression can be. */
	private textsOf(at: ts.Node, depth = 0): string[] {
		if (depth > 6) return ['…'];
		const deeper = (next: ts.Node) => this.textsOf(next, depth + 1);
		if (ts.isStringLiteralLike(at)) {
			this.shown.add(at);
			return [at.text];
		}
		if (ts.isNumericLiteral(at)) return [at.text];
		if (ts.isTemplateExpression(at)) {
			this.shown.add(at);
			const plural = at.templateSpans.map(({ expression }) => manyOf(expression));
			return at.templateSpans.reduce<string[]>(
				(texts, { literal }, index) => {
					const given = this.valuesOf(plural[index]!, depth + 1);
					return texts.flatMap((text) => given.map((value) => `${text}${value}${literal.text}`));
				},
				[at.head.text],
			);
		}
		if (ts.isConditionalExpression(at)) {
			return unique([...deeper(at.whenTrue), ...deeper(at.whenFalse)]);
		}
		if (ts.isParenthesizedExpression(at) || ts.isAsExpression(at)) return deeper(at.expression);
		if (ts.isBinaryExpression(at)) {
			const { kind } = at.operatorToken;
			if (kind === ts.SyntaxKind.PlusToken) {
				const ends = deeper(at.right);
				return deeper(at.left).flatMap((start) => ends.map((end) => start + end));
			}
			if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken) {
				return unique([...deeper(at.left), ...deeper(at.right)]);
			}
		}
		if (ts.isCallExpression(at)) return this.returnsOf(at, depth + 1) ?? ['…'];
		if (ts.isElementAccessExpression(at)) return this.entriesOf(at, depth + 1);
		const declared = this.declarationOf(at);
		return declared ? deeper(declared) : ['…'];
	}

	/** What can be in a place of a template: a few words that are fixed, or a value. */
	private valuesOf(at: ts.Expression, depth: number): string[] {
		const texts = unique(this.textsOf(at, depth));
		const isValue = ts.isCallExpression(at) && !texts.some((text) => /^[A-Z]\w+ /.test(text));
		return isValue || texts.length > MOST_ALTERNATIVES ? ['…'] : texts;
	}

	private returnsOf(call: ts.CallExpression, depth: number): string[] | undefined {
		const declaration = this.checker.getResolvedSignature(call)?.declaration;
		if (!declaration?.getSourceFile().fileName.startsWith(NODE_FOLDER)) return undefined;
		const { body } = declaration as ts.FunctionLikeDeclaration;
		if (!body) return undefined;
		if (!ts.isBlock(body)) return this.textsOf(body, depth);
		const texts: string[] = [];
		const visit = (at: ts.Node): void => {
			if (ts.isFunctionLike(at)) return;
			if (ts.isReturnStatement(at) && at.expression) {
				texts.push(...this.textsOf(at.expression, depth));
			}
			ts.forEachChild(at, visit);
		};
		ts.forEachChild(body, visit);
		return texts.length === 0 ? undefined : unique(texts);
	}

	/** Every value of a small table of sentences. */
	private entriesOf({ expression }: ts.ElementAccessExpression, depth: number): string[] {
		const table = this.declarationOf(expression);
		if (!table || !ts.isObjectLiteralExpression(table)) return ['…'];
		const texts = table.properties.flatMap((entry) =>
			ts.isPropertyAssignment(entry) && ts.isStringLiteralLike(entry.initializer)
				? this.textsOf(entry.initializer, depth)
				: [],
		);
		return texts.length === 0 ? ['…'] : texts;
	}

	/** The value that a name or a property was given where it was declared. */
	private declarationOf(at: ts.Node): ts.Expression | undefined {
		const symbol = ts.isShorthandPropertyAssignment(at.parent)
			? this.checker.getShorthandAssignmentValueSymbol(at.parent)
			: this.checker.getSymbolAtLocation(at);
		const real =
			symbol && symbol.flags & ts.SymbolFlags.Alias
				? this.checker.getAliasedSymbol(symbol)
				: symbol;
		const declaration = real?.valueDeclaration;
		if (!declaration || !declaration.getSourceFile().fileName.startsWith(NODE_FOLDER)) {
			return undefined;
		}
		if (ts.isPropertyAssignment(declaration)) return declaration.initializer;
		const isConst = ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name);
		return isConst ? declaration.initializer : undefined;
	}
}

/** Of `count === 1 ? 'it' : 'them'`, the words for more than one. */
function manyOf(at: ts.Expression): ts.Expression {
	const isCount = ts.isConditionalExpression(at) && / === 1$/.test(at.condition.getText());
	return isCount ? at.whenFalse : at;
}

/** Functions that take a message without a remedy. */
const MAKERS: readonly string[] = ['warning', 'warn', 'skipped'];

function shortened(text: string): string {
	return text.replace(/…{2,}/g, '…');
}

function isOnlyValues(text: string): boolean {
	return !/[a-z]{2}/i.test(text.replaceAll('…', ''));
}

/** Five words or more that begin like a sentence. */
function isSentence(at: ts.Node): boolean {
	if (!ts.isStringLiteralLike(at) && !ts.isTemplateExpression(at)) return false;
	if (ts.isImportDeclaration(at.parent) || ts.isExportDeclaration(at.parent)) return false;
	// Of a choice in a field, which the designer reads before the run.
	if (ts.isPropertyAssignment(at.parent) && /^(?:name|description)$/.test(at.parent.name.getText()))
		return false;
	const text = at.getText().slice(1, -1);
	const isProgram = /\breturn\b|\bconst\b/.test(text);
	const isLabel = /^Mail\.[\w.]+: /.test(text);
	return /^[A-Z$]/.test(text) && text.split(' ').length > 4 && !isProgram && !isLabel;
}

function unique(texts: readonly string[]): string[] {
	return [...new Set(texts)];
}
