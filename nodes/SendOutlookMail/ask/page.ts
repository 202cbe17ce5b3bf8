import { createHash } from 'node:crypto';
import { escapeHtml, textAsHtml } from '../mail/html';
import { isFreeText, type Question } from './question';
import { deadlineInWords, WORDS, type Language, type Words } from './words';

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

/**
 * The page's only style sheet; its hash is in the content security policy. Every pair of colors has a
 * contrast of at least 4.5 to 1 (WCAG 2.2, AA), in light and in dark.
 */
const PAGE_STYLE = `
:root { color-scheme: light dark; --back: #f3f4f6; --card: #ffffff; --text: #1b1a19; --quiet: #55585d; --line: #767a80; --soft: #d9dce1; --accent: #0f5cad; --on-accent: #ffffff; --bad: #a4262c; --bad-back: #fdf3f3; }
@media (prefers-color-scheme: dark) { :root { --back: #16181b; --card: #212428; --text: #f1f1f0; --quiet: #b9bdc4; --line: #8d9299; --soft: #3a3e44; --accent: #7db7f2; --on-accent: #10151b; --bad: #ff9c9c; --bad-back: #3a2022; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
main { max-width: 42rem; margin: 0 auto; padding: 2rem 2.25rem 2.5rem; background: var(--card); border: 1px solid var(--soft); border-radius: 0.75rem; }
@media (min-width: 46rem) { main { margin: 3rem auto; } }
@media (max-width: 45.99rem) { main { min-height: 100vh; border: 0; border-radius: 0; padding: 1.25rem 1.1rem 2rem; } }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 0.35rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 0.35rem; }
p { margin: 0.6rem 0; }
.quiet { color: var(--quiet); font-size: 0.92rem; font-weight: 400; }
.message { margin: 1.25rem 0; padding: 0.25rem 0 0.25rem 1rem; border-left: 4px solid var(--soft); overflow-x: auto; }
.message h1, .message h2, .message h3 { font-size: 1.15rem; margin: 0.8rem 0 0.3rem; }
.message table { border-collapse: collapse; }
.message th, .message td { border: 1px solid var(--soft); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
.message pre { white-space: pre-wrap; }
a { color: var(--accent); }
fieldset { border: 0; margin: 1.25rem 0; padding: 0; min-width: 0; }
legend, .field > label, .field > strong { display: block; font-weight: 600; margin: 0 0 0.4rem; padding: 0; }
.choice { display: flex; gap: 0.75rem; align-items: center; min-height: 3rem; margin: 0.5rem 0; padding: 0.6rem 0.9rem; border: 1px solid var(--line); border-radius: 0.5rem; cursor: pointer; }
.choice:has(input:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.choice input { width: 1.2rem; height: 1.2rem; margin: 0; accent-color: var(--accent); flex: none; }
.field { margin: 1.25rem 0; }
textarea, input[type="text"], .control { width: 100%; padding: 0.6rem 0.75rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; }
input[type="text"] { max-width: 12rem; font-size: 1.25rem; letter-spacing: 0.12em; display: block; margin-top: 0.4rem; }
[aria-invalid="true"] { border-color: var(--bad); }
fieldset[aria-invalid="true"] { border-left: 4px solid var(--bad); padding-left: 0.75rem; }
.problems { margin: 1.25rem 0; padding: 0.5rem 1rem; color: var(--bad); background: var(--bad-back); border: 1px solid var(--bad); border-radius: 0.5rem; }
.problems a { color: inherit; }
.problems ul { margin: 0.3rem 0 0.5rem; padding-left: 1.25rem; }
.control { display: block; min-height: 4rem; }
.button { width: fit-content; }
button, .button { min-height: 3rem; padding: 0.6rem 1.75rem; font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: 0.5rem; cursor: pointer; }
@media (max-width: 30rem) { button, .button { width: 100%; } }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
blockquote { margin: 0.5rem 0; padding: 0.25rem 1rem; border-left: 4px solid var(--soft); white-space: normal; }
`;

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
	state: FormState,
): string {
	const words = WORDS[language];
	const form = { ...state, question, words };
	const asked = question.people[person - 1]!;
	return document(language, question.subject, [
		`<h1>${escapeHtml(question.subject)}</h1>`,
		`<p class="quiet">${inOne(words.askedOf(asked.name ?? asked.address), deadlineInWords(question, language))}</p>`,
		`<section class="message" lang="">${question.messageHtml}</section>`,
		problemList(form),
		'<form method="post" action="" accept-charset="utf-8" novalidate>',
		isFreeText(question) ? '' : choiceList(form),
		commentField(form),
		question.confirmation === 'code' ? codeField(form) : '',
		`<p class="quiet">${inOne(words.nothingYet, question.people.length > 1 ? words.firstCounts : '')}</p>`,
		`<button type="submit">${escapeHtml(words.submit)}</button>`,
		'</form>',
	]);
}

/** Of the page's own form, each control and what shows it. The message holds none of them. */
const SHOWN_AS: ReadonlyArray<readonly [control: RegExp, shown: string]> = [
	[/<input type="radio"[^>]*>/g, '<span>○</span>'],
	[/<input [^>]*>/g, '<span class="control"></span>'],
	[/<textarea [^>]*>[^<]*<\/textarea>/g, '<span class="control"></span>'],
	[/<label class="choice">(.*?)<\/label>/g, '<p class="choice">$1</p>'],
	[/<(\/?)label[^>]*>/g, '<$1strong>'],
	[/<legend>(.*?)<\/legend>/g, '<p><strong>$1</strong></p>'],
	[/<button [^>]*>(.*?)<\/button>/g, '<p class="button">$1</p>'],
	[/<(\/?)(?:form|fieldset)[^>]*>/g, '<$1div>'],
];

/** The page for a preview: n8n's viewer drops controls, and here nothing can be sent. */
export function withoutControls(page: string): string {
	return SHOWN_AS.reduce((html, [control, shown]) => html.replace(control, shown), page);
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
		comment?.text
			? `<h2>${escapeHtml(comment.title)}</h2>\n<blockquote dir="auto">${textAsHtml(comment.text)}</blockquote>`
			: '',
	]);
}

function inOne(...sentences: string[]): string {
	return escapeHtml(sentences.join(' ').trim());
}

interface Form extends FormState {
	question: Question;
	words: Words;
}

function problemList({ problems, words }: Form): string {
	if (problems.length === 0) return '';
	const items = problems.map(
		({ field, text }) =>
			`<li><a href="#${field === 'choice' ? 'choice-1' : field}">${escapeHtml(text)}</a></li>`,
	);
	return `<div class="problems" role="alert" tabindex="-1"><p>${escapeHtml(words.pleaseCorrect)}</p><ul>${items.join('')}</ul></div>`;
}

function choiceList({ question, words, choice, problems }: Form): string {
	const options = question.choices.map(({ label }, index) => {
		const position = index + 1;
		const checked = choice === position ? ' checked' : '';
		// The choice that the email's button named has the focus, so that Tab leads on from there.
		const focus = checked && problems.length === 0 ? ' autofocus' : '';
		return `<label class="choice"><input type="radio" name="choice" id="choice-${position}" value="${position}" required${checked}${focus}><span dir="auto">${escapeHtml(label)}</span></label>`;
	});
	return `<fieldset${invalid('choice', problems)}><legend>${escapeHtml(words.chooseOne)}</legend>${options.join('')}</fieldset>`;
}

function commentField({ question, words, comment, problems }: Form): string {
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

function codeField({ words, problems }: Form): string {
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
