import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { copyHtml, emailHtml } from '#node/ask/email';
import { messagePage, questionPage, type FormState } from '#node/ask/page';
import type { Question } from '#node/ask/question';
import { WORDS, type Language } from '#node/ask/words';
import { launchChromium } from '../chromium';

/** WCAG 2.2, levels A and AA. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Of a page, also what axe recommends beyond. */
const PAGE_RULES = { runOnly: { type: 'tag', values: [...WCAG, 'best-practice'] } };
/** Email clients show the subject as the title, and an email inside a page of their own. */
const EMAIL_RULES = {
	runOnly: { type: 'tag', values: WCAG },
	rules: { 'document-title': { enabled: false } },
};
/** An email has no background of its own: this is what Outlook shows behind it. */
const BACK = { light: '#ffffff', dark: '#292929' };

const QUESTION: Question = {
	id: 'question-1',
	subject: 'Payroll access for Sam: do you approve?',
	messageHtml:
		'<p><b>Sam</b> asks for <a href="https://contoso.example/payroll">Payroll</a>.</p><ul><li>Role: accountant</li></ul><table><tr><th>From</th><td>Monday</td></tr></table>',
	choices: [
		{ label: 'Approve', value: 'approved', meaning: 'approved' },
		{ label: 'Decline', value: 'declined', meaning: 'declined' },
		{ label: 'Ask again next year', value: 'later', meaning: 'neither' },
	],
	requireComment: 'declined',
	confirmation: 'code',
	people: [{ address: 'ann@contoso.example', name: 'Ann' }, { address: 'bob@contoso.example' }],
	deadline: '2026-12-01T16:00:00.000Z',
	timeZone: 'Europe/Berlin',
};

const EMAIL = 'email';

/** Every kind of page and email, as the node makes it. */
function documentsIn(language: Language): Record<string, string> {
	const words = WORDS[language];
	const { messageHtml } = QUESTION;
	const form = (state: Partial<FormState>, question = QUESTION) =>
		questionPage(question, 1, language, { comment: '', problems: [], ...state });
	const sign = (parameters: Record<string, string>) =>
		`https://n8n.contoso.example/?${new URLSearchParams(parameters).toString()}`;
	const ofEmail = { question: QUESTION, messageHtml, language };
	return {
		form: form({ choice: 2 }),
		'form with problems': form({
			problems: [
				{ field: 'choice', text: words.missingChoice },
				{ field: 'comment', text: words.missingComment },
				{ field: 'code', text: words.wrongCode(4) },
			],
		}),
		'form in own words': form({}, { ...QUESTION, choices: [], confirmation: 'button' }),
		recorded: messagePage(language, words.recordedTitle, [words.recorded('Approve')], {
			title: words.recordedComment,
			text: 'From Monday on.',
		}),
		answered: messagePage(language, words.answeredTitle, [words.answeredBefore]),
		locked: messagePage(language, words.lockedTitle, [words.locked]),
		[EMAIL]: emailHtml({ ...ofEmail, person: 1, sign }),
		[`${EMAIL} in CC`]: copyHtml(ofEmail),
	};
}

/** axe looks at every page and email in light and in dark, at the width of a phone and of a desktop. */
export async function pagesAreAccessible(): Promise<string> {
	const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
	const browser = await launchChromium();
	try {
		const rules = new Set<string>();
		let looks = 0;
		for (const colorScheme of ['light', 'dark'] as const)
			for (const width of [390, 1280])
				for (const language of ['en', 'de'] as const) {
					const seen = await openAs(browser, colorScheme, width);
					for (const [name, html] of Object.entries(documentsIn(language))) {
						const isEmail = name.startsWith(EMAIL);
						const back = `<style>html { background: ${BACK[colorScheme]}; }</style>`;
						const found = isEmail
							? await findingsOn(seen, html.replace('<style>', `${back}<style>`), axe, EMAIL_RULES)
							: await findingsOn(seen, html, axe, PAGE_RULES);
						assert.deepEqual(found.broken, [], `${name}, ${colorScheme}, ${width} pixels`);
						for (const rule of found.held) rules.add(rule);
						looks += 1;
					}
					await seen.context().close();
				}
		for (const rule of ['color-contrast', 'label', 'target-size', 'html-has-lang'])
			assert.ok(rules.has(rule), `axe did not check ${rule}`);
		return `${Object.keys(documentsIn('en')).length} pages and emails, ${looks} looks: ${rules.size} rules of axe hold`;
	} finally {
		await browser.close();
	}
}

async function openAs(browser: Browser, colorScheme: 'light' | 'dark', width: number) {
	const viewport = { width, height: 860 };
	// axe is a script, and the page allows none.
	const context = await browser.newContext({ colorScheme, viewport, bypassCSP: true });
	return await context.newPage();
}

async function findingsOn(page: Page, html: string, axe: string, rules: object) {
	await page.setContent(html);
	await page.evaluate(axe);
	const options = JSON.stringify(rules);
	const { violations, passes } = await page.evaluate<Findings>(`axe.run(document, ${options})`);
	return {
		held: passes.map(({ id }) => id),
		broken: violations.map(
			({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html: at }) => at).join(' ')}`,
		),
	};
}

interface Findings {
	violations: Array<{ id: string; help: string; nodes: Array<{ html: string }> }>;
	passes: Array<{ id: string }>;
}
