import { createHash } from 'node:crypto';
import type { Choice, Question } from './question';
import { isFreeText } from './question';
import { PAGE_STYLE } from './pageStyle';
import { escapeHtml, textAsHtml } from './safeHtml';
import { momentInWords, WORDS, type Language, type Words } from './words';

/** The longest comment that is taken, in characters. */
export const LONGEST_COMMENT = 5_000;

export interface FormState {
	/** Position of the selected choice, from 1. */
	choice?: number | undefined;
	comment: string;
	/** What is missing, each with the field that it is about. */
	problems: Problem[];
}

export interface Problem {
	field: 'choice' | 'comment' | 'code';
	text: string;
}

/** Nothing but the page's own style sheet is loaded, nothing runs, and the form goes to this n8n. */
export const CONTENT_SECURITY_POLICY = [
	"default-src 'none'",
	`style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`,
	"form-action 'self'",
	"base-uri 'none'",
].join('; ');

/** The page on which one person answers. It works without script. */
export function questionPage(
	question: Question,
	person: number,
	language: Language,
	{ choice, comment, problems }: FormState,
): string {
	const words = WORDS[language];
	const asked = question.people[person - 1]!;
	return document(language, question.subject, [
		`<h1>${escapeHtml(question.subject)}</h1>`,
		`<p class="quiet">${escapeHtml(words.askedOf(asked.name ?? asked.address))}${deadlineOf(question, language, words)}</p>`,
		`<section class="message" lang="">${question.messageHtml}</section>`,
		problemList(problems, words),
		'<form method="post" action="" accept-charset="utf-8" novalidate>',
		...(isFreeText(question) ? [] : [choiceList(question.choices, choice, problems, words)]),
		...(isFreeText(question) || question.requireComment !== undefined
			? [commentField(question, comment, problems, words)]
			: []),
		...(question.confirmation === 'code' ? [codeField(problems, words)] : []),
		`<p class="quiet">${escapeHtml(words.nothingYet)}${question.people.length > 1 ? ` ${escapeHtml(words.firstCounts)}` : ''}</p>`,
		`<button type="submit">${escapeHtml(words.submit)}</button>`,
		'</form>',
	]);
}

/** A page that only says something. */
export function messagePage(
	language: Language,
	title: string,
	paragraphs: readonly string[],
	comment?: { title: string; text: string },
): string {
	return document(language, title, [
		`<h1>${escapeHtml(title)}</h1>`,
		...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
		...(comment && comment.text !== ''
			? [
					`<h2>${escapeHtml(comment.title)}</h2>`,
					`<blockquote dir="auto">${textAsHtml(comment.text)}</blockquote>`,
				]
			: []),
	]);
}

function deadlineOf(question: Question, language: Language, words: Words): string {
	if (question.deadline === undefined) return '';
	const moment = momentInWords(question.deadline, question.timeZone, language);
	return ` ${escapeHtml(words.deadline(moment, question.timeZone))}`;
}

function problemList(problems: readonly Problem[], words: Words): string {
	if (problems.length === 0) return '';
	const items = problems.map(
		({ field, text }) =>
			`<li><a href="#${field === 'choice' ? 'choice-1' : field}">${escapeHtml(text)}</a></li>`,
	);
	return `<div class="problems" role="alert" tabindex="-1"><p>${escapeHtml(words.pleaseCorrect)}</p><ul>${items.join('')}</ul></div>`;
}

function choiceList(
	choices: readonly Choice[],
	selected: number | undefined,
	problems: readonly Problem[],
	words: Words,
): string {
	const options = choices.map(({ label }, index) => {
		const position = index + 1;
		const checked = selected === position ? ' checked' : '';
		// The choice that the email's button named has the focus, so that Tab leads on from there.
		const focus = checked && problems.length === 0 ? ' autofocus' : '';
		return `<label class="choice"><input type="radio" name="choice" id="choice-${position}" value="${position}" required${checked}${focus}><span dir="auto">${escapeHtml(label)}</span></label>`;
	});
	return `<fieldset${invalid('choice', problems)}><legend>${escapeHtml(words.chooseOne)}</legend>${options.join('')}</fieldset>`;
}

function commentField(
	question: Question,
	comment: string,
	problems: readonly Problem[],
	words: Words,
): string {
	const freeText = isFreeText(question);
	const label = freeText ? words.yourAnswer : words.comment;
	const always = freeText || question.requireComment === 'always';
	const hint = always
		? words.commentRequired
		: question.requireComment === 'declined' &&
			  question.choices.some(({ meaning }) => meaning === 'declined')
			? words.commentRequiredToDecline
			: words.commentOptional;
	return `<p class="field"><label for="comment">${escapeHtml(label)} <span class="quiet">(${escapeHtml(hint)})</span></label><textarea id="comment" name="comment" rows="5" dir="auto" maxlength="${LONGEST_COMMENT}"${always ? ' required' : ''}${invalid('comment', problems)}>\n${escapeHtml(comment)}</textarea></p>`;
}

function codeField(problems: readonly Problem[], words: Words): string {
	return `<p class="field"><label for="code">${escapeHtml(words.code)}</label><span class="quiet" id="code-hint">${escapeHtml(words.codeHint)}</span><input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required aria-describedby="code-hint"${invalid('code', problems)}></p>`;
}

function invalid(field: Problem['field'], problems: readonly Problem[]): string {
	return problems.some((problem) => problem.field === field) ? ' aria-invalid="true"' : '';
}

function document(language: Language, title: string, content: readonly string[]): string {
	return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(CONTENT_SECURITY_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="same-origin">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
${content.filter((part) => part !== '').join('\n')}
</main>
</body>
</html>`;
}
