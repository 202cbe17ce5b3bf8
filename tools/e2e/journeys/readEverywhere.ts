import assert from 'node:assert/strict';
import type { Page } from '@playwright/test';
import { readerDocument } from '#sandbox/outbox/readerDocument';
import type { Credential } from '../../n8n/credentials';
import { node } from '../../n8n/mailNodes';
import { NODE_TYPE } from '../../n8n/packagedNode';
import { chain, saveWorkflow } from '../../n8n/workflows';
import { iconImage } from '../editor/iconSheet';
import { closeMessages } from '../editor/editor';
import { WorkflowCanvas } from '../editor/workflowCanvas';
import { take, type Walk } from '../walk';

const SUBJECT = 'Your first week at Contoso';

/** All that Markdown can be in an email. */
const BODY = [
	'![Contoso](cid:logo)',
	'# Welcome, Käthe',
	'we are glad that you join us on **Monday, 1 February 2027**.\nSam Rivera meets you at the reception at *9:00*.',
	'## Please bring',
	'- a photo ID\n- your bank details\n  1. IBAN\n  2. name of the bank',
	'## Your first week',
	'| Day | What | Where |\n|:--|:--|--:|\n| Monday | Badge and laptop | Reception |\n| Tuesday | Meet the team, lunch included | Room 4.12 |\n| Friday | Fire safety | Yard |',
	'## Before you start',
	'- [x] Contract signed\n- [ ] Photo for the badge sent\n- [ ] Parking space requested',
	'> Questions? Reply to this email.',
	'Your user name is `kaethe.gruenwald`. [All about your first day](https://contoso.example/first-day)',
	'---',
	'Megan Bowen\nHuman Resources',
].join('\n\n');

/** A phone, a tablet, a desktop, in pixels. */
const WIDTHS = [360, 720, 1200];

/** How a mail client shows an email, each with its own way to a dark page. */
const LOOKS = {
	light: '',
	// Apple Mail and others: the page is dark, unstyled text is light.
	dark: '<style>:root{color-scheme:dark}</style>',
	// Outlook and Gmail change the colors of the email themselves.
	inverted: '',
} as const;

/** One email with everything: previewed, sent, and read on each screen. */
export async function readEverywhere(walk: Walk): Promise<void> {
	const { editor, album, context, stage } = walk;
	const { sandbox, session } = stage;
	const credentials = await session.get<Credential[]>('/credentials');
	const linked = credentials.find(({ type }) => type === 'roboMqOutlookOAuth2Api');
	assert.ok(linked, 'no account is linked');
	const logo = await iconImage(context);
	const mail = {
		application: 'roboMq',
		to: '"Grünwald, Käthe" <kaethe.gruenwald@contoso.example>',
		subject: SUBJECT,
		bodyType: 'markdown',
		body: BODY,
		options: { attachments: 'logo' },
	};
	const workflow = await saveWorkflow(
		session,
		chain('An email with everything', [
			node(1, 'Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node(2, 'Logo', 'n8n-nodes-base.set', 3.4, {
				mode: 'raw',
				jsonOutput: JSON.stringify({ logo }),
				options: {},
			}),
			node(3, 'Logo as File', 'n8n-nodes-base.convertToFile', 1.1, {
				operation: 'toBinary',
				sourceProperty: 'logo',
				binaryPropertyName: 'logo',
				options: { fileName: 'logo.png', mimeType: 'image/png' },
			}),
			node(4, 'Preview', NODE_TYPE, 1, { ...mail, operation: 'preview' }),
			{
				...node(5, 'Send', NODE_TYPE, 1, { ...mail, operation: 'send' }),
				credentials: { [linked.type]: { id: linked.id, name: linked.name } },
			},
		]),
	);
	await take(walk, 'Preview names the image, and its file shows it', async () => {
		const canvas = await WorkflowCanvas.open(editor, workflow.id);
		await canvas.run();
		await closeMessages(editor);
		const view = await canvas.openNode('Preview');
		const seen = await view.viewFile('email.html');
		await seen.getByAltText(/^\[Contoso: logo\.png \([\d.]+ KB\)\]$/).waitFor();
		await album.keep(editor.page, 'preview-with-image');
		const file = await view.downloadFile('email.html');
		const page = await context.newPage();
		await page.setContent(file);
		const image = page.getByAltText(/Contoso: logo/);
		const width = await image.evaluate(
			(element) => (element as unknown as { naturalWidth: number }).naturalWidth,
		);
		assert.equal(width, 96);
		await keepAtWidths(page, 'preview-file');
		await page.close();
		await canvas.closeNode();
	});
	await take(walk, 'the email reads well on each screen, light and dark', async () => {
		const sent = sandbox.outbox.findLast(({ message }) => message.subject === SUBJECT);
		assert.ok(sent, 'the email did not leave');
		const document = readerDocument(sent);
		for (const [look, style] of Object.entries(LOOKS)) {
			const page = await context.newPage();
			const browser = await context.newCDPSession(page);
			await browser.send('Emulation.setAutoDarkModeOverride', { enabled: look === 'inverted' });
			await page.setContent(document + style);
			await keepAtWidths(page, `email-${look}`);
			await page.close();
		}
		return `${WIDTHS.join(', ')} pixels`;
	});

	async function keepAtWidths(page: Page, picture: string): Promise<void> {
		for (const width of WIDTHS) {
			await page.setViewportSize({ width, height: 400 });
			const [scrollWidth = 0, scrollHeight = 0] = await page.evaluate<number[]>(
				'[document.documentElement.scrollWidth, document.documentElement.scrollHeight]',
			);
			assert.ok(scrollWidth <= width, `${picture} is ${scrollWidth} pixels wide at ${width}`);
			await page.setViewportSize({ width, height: scrollHeight });
			await album.keep(page, `${picture}-${width}`);
		}
	}
}
