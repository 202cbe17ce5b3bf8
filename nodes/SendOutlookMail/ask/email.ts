import { escapeHtml, readHtml, TEXT_ELEMENTS, type HtmlPiece } from '../mail/html';
import { codeOf, linkTo, type Sign } from './links';
import { type Question, isFreeText } from './question';
import { deadlineInWords, WORDS, type Language } from './words';

/** What the email of one person is made of. */
interface EmailPlan {
	question: Question;
	/** Position in `people`, from 1. */
	person: number;
	/** The designer's message as HTML. */
	messageHtml: string;
	/** Of the email's own words. */
	language: Language;
	sign: Sign;
}

/** Blue and gray of the buttons keep a contrast of 4.5 to 1 with their text, also when inverted. */
const COLORS = { accent: '#0f5cad', border: '#8a8886', text: '#1b1a19', quiet: '#5f5d5b' };

/**
 * The HTML of one person's email. Tables and inline styles are what Outlook's desktop version
 * understands; each button is a link in a paragraph of its own, so that the text version that
 * Exchange makes of it stays readable. It has no images and loads nothing.
 */
export function emailHtml(plan: EmailPlan): string {
	const { question, person, language, sign } = plan;
	const words = WORDS[language];
	const buttons = isFreeText(question)
		? [button(linkTo(sign, question, person), words.answerHere, true)]
		: question.choices.map(({ label, meaning }, index) =>
				button(linkTo(sign, question, person, index + 1), label, meaning === 'approved'),
			);
	return emailDocument(plan, [
		`<p style="margin:24px 0 8px;"><strong>${escapeHtml(words.answerWith)}</strong></p>`,
		...buttons,
		question.confirmation === 'code'
			? `<p style="margin:8px 0 0;"><strong>${escapeHtml(words.codeIs(codeOf(sign, question, person)))}</strong></p>`
			: '',
		note(deadlineInWords(question, language)),
		note(`${words.whatAClickDoes} ${question.people.length > 1 ? words.firstCounts : ''}`.trim()),
		note(words.noActionRequired),
	]);
}

/** The HTML for people in CC: the same message, and who was asked; no link. */
export function copyHtml(plan: Pick<EmailPlan, 'question' | 'messageHtml' | 'language'>): string {
	const people = plan.question.people.map(({ name, address }) => name ?? address).join(', ');
	return emailDocument(plan, [note(WORDS[plan.language].forInformation(people))]);
}

function emailDocument(
	{ messageHtml, language }: Pick<EmailPlan, 'messageHtml' | 'language'>,
	content: readonly string[],
): string {
	return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<style>
@media (prefers-color-scheme: dark) {
.ask-text { color: #f3f2f1 !important; }
.ask-quiet { color: #c8c6c4 !important; }
}
</style>
</head>
<body class="ask-text" style="margin:0;padding:16px;font-family:'Segoe UI',Arial,sans-serif;font-size:15px;line-height:1.5;color:${COLORS.text};">
<div style="max-width:640px;">
<div>${innerHtml(messageHtml)}</div>
${content.filter((part) => part !== '').join('\n')}
</div>
</body>
</html>`;
}

/** The padding is the cell's: Outlook's desktop version ignores that of links. */
function button(url: string, label: string, primary: boolean): string {
	const [background, border, text] = primary
		? [COLORS.accent, COLORS.accent, '#ffffff']
		: ['#ffffff', COLORS.border, COLORS.text];
	return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 12px;"><tr><td bgcolor="${background}" style="background-color:${background};border:1px solid ${border};border-radius:4px;padding:10px 24px;"><p style="margin:0;"><a href="${escapeHtml(url)}" target="_blank" style="color:${text};text-decoration:none;font-weight:600;font-size:15px;"><span style="color:${text};">${escapeHtml(label)}</span></a></p></td></tr></table>`;
}

function note(text: string): string {
	if (text === '') return '';
	return `<p class="ask-quiet" style="margin:8px 0 0;font-size:13px;color:${COLORS.quiet};">${escapeHtml(text)}</p>`;
}

/**
 * A message may be a whole document; only what its body holds fits into this one. What it leaves open
 * is closed where it would take the buttons with it.
 */
function innerHtml(html: string): string {
	const pieces = [...readHtml(html, TEXT_ELEMENTS)];
	const start = pieces.findIndex(({ kind, name }) => kind === 'start' && name === 'body');
	return pieces
		.slice(start + 1)
		.filter(({ name }) => !/^(?:html|body)$/.test(name))
		.filter(({ kind, source }) => kind !== 'comment' || !/^<!doctype/i.test(source))
		.map((piece) => (piece === pieces.at(-1) ? closed(piece) : piece.source))
		.join('');
}

function closed({ kind, name, source }: HtmlPiece): string {
	if (kind === 'unfinished') return escapeHtml(source);
	if (kind === 'content') return `${source}</${name}>`;
	const end = source.startsWith('<!--') ? /--!?>$/ : />$/;
	return kind === 'comment' && !end.test(source) ? '' : source;
}
