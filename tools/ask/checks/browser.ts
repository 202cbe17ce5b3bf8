import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from '@playwright/test';
import { copyToDocs } from '../../e2e/docsImages';
import { SCREENSHOTS_FOLDER } from '../../e2e/folders';
import { startExecution, waitForExecution } from '../../n8n/executions';
import { saveWorkflow } from '../../n8n/workflows';
import type { Asking } from '../asking';
import { launchChromium } from '../chromium';
import { linksIn, mailsOf, questionRun, QUESTION_NODE, untilWaiting } from '../questions';

const MESSAGE = [
	'<p><b>Sam Rivera</b> starts on Monday in Finance and asks for access to <b>Payroll</b>.</p>',
	'<ul><li>Role: accountant</li><li>Until: 31 December</li></ul>',
].join('');

const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };

/** A person with a browser that runs no script: email, page, keyboard, answer. */
export async function peopleAnswer(asking: Asking, keepPictures: boolean): Promise<string> {
	const browser = await launchChromium();
	try {
		return await walk(browser, asking, keepPictures);
	} finally {
		await browser.close();
	}
}

async function walk(browser: Browser, { stage, account }: Asking, keepPictures: boolean) {
	const before = stage.sandbox.outbox.length;
	const run = questionRun('In a browser', account.credential, {
		to: 'Ann <ann@contoso.example>, bob@contoso.example',
		subject: 'Payroll access for Sam: do you approve?',
		message: MESSAGE,
		messageType: 'html',
		confirmation: 'code',
		deadline: { within: { amount: 2, unit: 'days' } },
	});
	const id = await startExecution(stage.session, await saveWorkflow(stage.session, run));
	const mails = (await mailsOf(stage.sandbox, before + 2)).slice(before);
	await untilWaiting(stage.session, id);
	const mail = mails.find(
		({ message }) => message.toRecipients?.[0]?.emailAddress?.name === 'Ann',
	)!;
	const html = mail.message.body?.content ?? '';
	const [approve, decline] = linksIn(mail);
	const code = /code: (\d{6})/.exec(html)?.[1];

	const open = async (viewport: typeof PHONE, colorScheme: 'light' | 'dark', locale = 'en-US') => {
		const context = await browser.newContext({
			...{ viewport, colorScheme, locale, javaScriptEnabled: false, deviceScaleFactor: 2 },
		});
		return await context.newPage();
	};
	const keep = async (page: Page, name: string) => {
		const path = join(SCREENSHOTS_FOLDER, `${name}.png`);
		await page.screenshot({ path, fullPage: true });
	};
	const keepForDocs = async (seen: Locator, name: string) => {
		const path = join(SCREENSHOTS_FOLDER, `${name}.png`);
		await seen.screenshot({ path });
		if (keepPictures) await copyToDocs(path);
	};
	await mkdir(SCREENSHOTS_FOLDER, { recursive: true });

	for (const colorScheme of ['light', 'dark'] as const) {
		const email = await open({ width: 640, height: 320 }, colorScheme);
		await email.setContent(html);
		if (colorScheme === 'light') await keepForDocs(email.locator('html'), 'question-email');
		else await keep(email, 'question-email-dark');
	}

	const phone = await open(PHONE, 'dark', 'de-DE');
	await phone.goto(approve!);
	assert.equal(await phone.locator('html').getAttribute('lang'), 'de');
	await requireNoSideScroll(phone);
	await keep(phone, 'question-page-phone');

	const page = await open(DESKTOP, 'light');
	const problems: string[] = [];
	page.on('console', (message) => problems.push(message.text()));
	page.on('requestfailed', (request) => problems.push(request.url()));
	await page.goto(decline!);
	await requireNoSideScroll(page);
	await keepForDocs(page.locator('main'), 'question-page');
	// The choice of the email's button has the focus; Tab leads to the comment, the code, the button.
	assert.equal(await page.locator(':focus').getAttribute('value'), '2');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Tab');
	await page.keyboard.type(code!);
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.getByRole('alert').getByText('Write a comment.').waitFor();
	await keep(page, 'question-page-problem');
	await page.getByLabel('Comment').fill('Not before the training in January.');
	await page.getByLabel('Code from the email').fill(code!);
	await page.getByRole('button', { name: 'Send answer' }).click();
	await page.getByRole('heading', { name: 'Thank you, your answer is recorded' }).waitFor();
	await keep(page, 'question-page-recorded');
	assert.deepEqual(
		problems.filter((text) => !/favicon|status of 422/.test(text)),
		[],
	);
	const { outputOf } = await waitForExecution(stage.session, id);
	const { status, comment } = outputOf(QUESTION_NODE)[0]!.json;
	assert.deepEqual([status, comment], ['declined', 'Not before the training in January.']);
	return 'by keyboard, without script, desktop and phone, English and German';
}

async function requireNoSideScroll(page: Page): Promise<void> {
	const width = page.viewportSize()!.width;
	const box = await page.locator('main').boundingBox();
	assert.ok(
		box && box.x >= 0 && box.x + box.width <= width + 1,
		'the page is wider than its window',
	);
}
