import { codeOf } from '#node/ask/links';
import { copyHtml, emailHtml } from '#node/ask/email';
import { WORDS } from '#node/ask/words';
import { question, sign } from './question';

const plan = {
	person: 2,
	messageHtml: '<p>Does Sam need payroll?</p>',
	language: 'en',
	sign,
} as const;

describe('the email', () => {
	const withDeadline = question({ deadline: '2026-11-27T13:00:00.000Z' });

	it('has a button for each choice, which opens the page with that choice', () => {
		const html = emailHtml({ ...plan, question: withDeadline });
		const links = [...html.matchAll(/href="([^"]+)"/g)].map(
			([, url]) => new URL(url!.replaceAll('&amp;', '&')).searchParams,
		);
		expect(links.map((link) => [link.get('person'), link.get('choice')])).toEqual([
			['2', '1'],
			['2', '2'],
		]);
		expect(html).not.toContain('@contoso.example');
	});

	it('names the deadline in the time zone of the workflow, and says what a click does', () => {
		const html = emailHtml({ ...plan, question: withDeadline });
		expect(html).toContain('Please answer by Friday, November 27, 2026 at 2:00');
		expect(html).toContain('(Europe/Berlin)');
		expect(html).toContain('Nothing is decided until you press the button on that page.');
		const german = emailHtml({ ...plan, language: 'de', question: withDeadline });
		expect(german).toContain('Freitag, 27. November 2026 um 14:00');
	});

	it('reads well as the text that Exchange makes of it', () => {
		const text = emailHtml({ ...plan, question: question() })
			.replace(/<head>[\s\S]*<\/head>/, '')
			.replace(/<\/(?:p|div|table)>/g, '\n')
			.replace(/<[^>]*>/g, '')
			.replace(/\n\s*/g, '\n')
			.trim();
		expect(text.split('\n')).toEqual([
			'Does Sam need payroll?',
			'Your answer:',
			'Approve',
			'Decline',
			`${WORDS.en.whatAClickDoes} The first answer counts.`,
			WORDS.en.noActionRequired,
		]);
	});

	it.each([
		['a <b title="x', 'a &lt;b title=&quot;x'],
		['a <jane@contoso.example', 'a &lt;jane@contoso.example'],
		['a<!-- b >', 'a'],
		['a<!--b-->', 'a<!--b-->'],
		['a<!b', 'a'],
		['a<noframes><!doctype html>', 'a<noframes><!doctype html></noframes>'],
		['a<style>p{}', 'a<style>p{}</style>'],
		['a<textarea>b<!--', 'a<textarea>b<!--</textarea>'],
	])('keeps its buttons behind %p', (messageHtml, html) => {
		expect(emailHtml({ ...plan, messageHtml, question: question() })).toContain(
			`<div>${html}</div>\n<p style="margin:24px 0 8px;"><strong>Your answer:`,
		);
	});

	it('has no image and loads nothing', () => {
		const html = emailHtml({ ...plan, question: question() });
		expect(html).not.toMatch(/<img|<link|url\(|src=|<script/);
	});

	it('holds the code where one is asked for', () => {
		const coded = question({ confirmation: 'code' });
		expect(emailHtml({ ...plan, question: coded })).toContain(codeOf(sign, coded, 2));
		expect(emailHtml({ ...plan, question: question() })).not.toContain(codeOf(sign, coded, 2));
	});

	it('takes the body of a message that is a whole document, and escapes labels', () => {
		const choices = [{ label: '<b>Yes</b> & no', value: 'y', meaning: 'approved' as const }];
		const messageHtml =
			'<!DOCTYPE html><html><head><title>t</title></head><body class="x"><p>Hi</p></body></html>';
		const html = emailHtml({ ...plan, messageHtml, question: question({ choices }) });
		expect(html).toContain('<div><p>Hi</p></div>');
		expect(html).toContain('&lt;b&gt;Yes&lt;/b&gt; &amp; no');
	});

	it('for CC has no link, and names who was asked', () => {
		const html = copyHtml({ ...plan, question: question() });
		expect(html).not.toContain('href');
		expect(html).toContain('this question was sent to Ann, bob@contoso.example');
	});
});
