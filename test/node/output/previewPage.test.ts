import * as fc from 'fast-check';

import type { MailFile } from '#node/mail/mail';
import { isShownImage, previewPage } from '#node/output/previewPage';
import { composed } from '../mail/parameters';

const LOGO: MailFile = {
	field: 'logo',
	name: 'logo.png',
	contentType: 'image/png',
	size: 2048,
	isInline: true,
	contentId: 'logo',
	travels: 'inRequest',
	async *read() {
		yield Buffer.alloc(0);
	},
};

interface Shown {
	options?: Record<string, unknown>;
	bodyType?: string;
	subject?: string;
	files?: MailFile[];
	images?: Map<string, string>;
	to?: unknown;
}

function pageOf(body: string, { files = [], images = new Map(), ...more }: Shown = {}): string {
	const mail = { ...composed({ bodyType: 'html', body, ...more }), files };
	return previewPage({ mail, refusals: [], warnings: [], images });
}

describe('the page of a preview', () => {
	it('shows the email as its reader sees it', () => {
		const page = pageOf('Dear **Käthe**,\n\n- a photo ID\n\n[More](https://contoso.example/x)', {
			bodyType: 'markdown',
			subject: 'Welcome & <hello>',
			to: '"Doe, Jane" <jane@x.example>',
			options: {
				cc: 'b@x.example',
				bcc: 'c@x.example',
				replyTo: 'd@x.example',
				from: 'e@x.example',
			},
			files: [LOGO, { ...LOGO, name: 'plan <1>.pdf', isInline: false, size: 3 * 1024 * 1024 }],
		});
		for (const text of [
			'Doe, Jane &lt;jane@x.example&gt;',
			...['b@x.example', 'c@x.example', 'd@x.example', 'e@x.example'],
			'Welcome &amp; &lt;hello&gt;',
			'<strong>Käthe</strong>',
			'>a photo ID</li>',
			'>More</a>',
			'logo.png (2.0 KB), shown in the body',
			'plan &lt;1&gt;.pdf (3.0 MB)',
		]) {
			expect(page).toContain(text);
		}
	});

	it('leaves out what there is none of', () => {
		const page = pageOf('Hello');
		expect(page).toContain('the linked mailbox');
		expect(page).not.toMatch(/>(?:CC|BCC|Reply to|Attachments)</);
	});

	it('has reasons and warnings on top, also without an email', () => {
		const page = previewPage({
			mail: undefined,
			refusals: [
				{ field: 'To', position: 2, value: '<x>', cause: 'It is none.', remedy: 'Fix it.' },
			],
			warnings: [{ field: 'Body', parameter: 'body', text: 'It is & empty.' }],
			images: new Map(),
		});
		expect(page).toContain('To entry 2 (&lt;x&gt;): It is none. Fix it.');
		expect(page).toContain('Body: It is &amp; empty.');
	});

	it('keeps the lines of a text body', () => {
		const page = pageOf('a <b>\n  c', { bodyType: 'text' });
		expect(page).toContain('<div style="white-space:pre-wrap">a &lt;b&gt;\n  c</div>');
	});

	it('shows images of the email, and names what it does not show', () => {
		const body =
			'<img src="cid:logo" width="120" alt="Contoso"><img src="https://evil.example/p.gif" alt="Map">';
		expect(pageOf(body, { files: [LOGO] })).toContain('[Contoso: logo.png (2.0 KB)]');
		const page = pageOf(body, { files: [LOGO], images: new Map([['logo', 'AAAA']]) });
		expect(page).toContain(
			'<img src="data:image/png;base64,AAAA" alt="[Contoso: logo.png (2.0 KB)]" width="120">',
		);
		expect(page).toContain('[Map]');
		expect(page).not.toContain('evil.example');
		expect(
			[LOGO, { ...LOGO, isInline: false }, { ...LOGO, contentType: 'image/svg+xml' }].map(
				isShownImage,
			),
		).toEqual([true, false, false]);
	});

	it('shows an image whose address is written in two lines', () => {
		const page = pageOf('<img src=" cid:lo\ngo">', { files: [LOGO] });
		expect(page).toContain('[logo.png (2.0 KB)]');
	});

	it('keeps harmless styles only', () => {
		const page = pageOf(
			`<p style="color:#f00;background:url(https://evil.example/a);width:expression(x);padding:4px;font-family:'Segoe UI';behavior:x;position:fixed;background-color:rgb(1, 2, 3)" onclick="x" class="y" align="center">a</p>`,
		);
		expect(page).toContain(
			`<p align="center" style="color:#f00;padding:4px;font-family:&#39;Segoe UI&#39;;background-color:rgb(1, 2, 3)">a</p>`,
		);
	});

	// Browsers end the first entry with its div, so that </div> would end one of the page.
	it('has no element around the body that the body could end', () => {
		const page = pageOf('<ul><li><div><li>b</li></div></ul>');
		const before = page.slice(0, page.indexOf('<ul>')).replace(/<(\w+)[^>]*>[^]*?<\/\1>/g, '');
		expect([...before.matchAll(/<(\w+)/g)].map(([, name]) => name)).toEqual(
			expect.arrayContaining(['html', 'body', 'main', 'section']),
		);
		expect(before).not.toMatch(/<(?:div|table|p|ul)\b/);
	});

	it('runs nothing and loads nothing, whatever the email holds', () => {
		const piece = fc.oneof(
			fc.constantFrom(
				...[
					'<script>',
					'</script>',
					'<img src=https://e.example/x onerror=y>',
					'<img src="cid:logo" onload="y">',
					'<iframe src=//x>',
					'<svg/onload=1>',
					'<style>@import "//x"</style>',
					'<link rel=x href=//x>',
					'<meta http-equiv=refresh content=0>',
					'<base href=//x>',
				],
				...[
					'<p style="background:url(//x)">',
					"<p style='x:y\"'>",
					'<a href="javascript:x">',
					"<a href='\" onclick=x'>",
					'<form action=//x>',
					'<object data=//x>',
					'<video poster=//x>',
					'<body onload=x>',
					'<td background="//x" width="1">',
					'</div></body></html>',
					'<!--',
					'-->',
					'"',
					"'",
					'>',
					'<',
					'&quot;',
					'url(',
					'\0',
				],
			),
			fc.string({ maxLength: 5 }),
		);
		const TAG =
			/^<(?:!DOCTYPE html|\/?(?:html|head|body|main|section|div|meta|a|b|blockquote|br|code|dd|dl|dt|em|h[1-6]|hr|i|img|li|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul))((?: [a-z-]+="[^"<>]*")*)>/;
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 20 }), fc.string(), (parts, name) => {
				const page = pageOf(parts.join(''), {
					subject: `x${name.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, '')}`,
					files: [LOGO],
					images: new Map([['logo', 'AAAA']]),
				});
				for (let at = page.indexOf('<'); at !== -1; at = page.indexOf('<', at + 1)) {
					const [tag, attributes = ''] = TAG.exec(page.slice(at)) ?? [];
					expect(tag ?? page.slice(at, at + 60)).toBe(tag);
					for (const [, attribute, value] of attributes.matchAll(/ ([a-z-]+)="([^"]*)"/g)) {
						expect(attribute).not.toMatch(/^(?:on|href|action|background|poster|srcset)/);
						if (attribute === 'src') expect(value).toBe('data:image/png;base64,AAAA');
						if (attribute === 'style') expect(value).not.toMatch(/url|expression|\\|\/\//i);
					}
					at += tag!.length - 1;
				}
			}),
			{ numRuns: 300 },
		);
	});
});
