import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { PREVIEW_FILES, type PreviewFile } from '../attachments/file';
import { explainExpression } from '../explain/refusals';
import { SYSTEM_CLOCK, type Clock } from '../facts/clock';
import type { Failure } from '../facts/failure';
import { definedEntries } from '../facts/json';
import { readBase64 } from '../graph/files';
import type { Refusal } from '../mail/issues';
import type { Mail, MailFile } from '../mail/mail';
import { withoutEmpty, type PreviewedFile, type PreviewFields } from '../output/fields';
import { isShownImage, previewPage } from '../output/previewPage';
import { senderOf } from './parameters';
import { prepareMail, type PreparedMail } from './prepareMail';

/**
 * Shows what would be sent, without a credential and without the network: one output item for each
 * input item, with its files, so that the email can be sent by the node after it. Also for an email that
 * cannot be sent: never throws for what a designer entered.
 */
export async function preview(
	context: IExecuteFunctions,
	{ clock = SYSTEM_CLOCK }: { clock?: Clock } = {},
): Promise<INodeExecutionData[]> {
	const now = new Date(clock.now());
	const sender = senderOf(context);
	const items: INodeExecutionData[] = [];
	for (const [index, { binary }] of context.getInputData().entries()) {
		const prepared = await prepareMail(context, index, now, sender).catch((error: unknown) => ({
			...{ plan: undefined, warnings: [] },
			refusals: [asRefusal(explainExpression(error))],
		}));
		items.push({
			json: withoutEmpty(describe(prepared)),
			binary: {
				...binary,
				preview: await emailFile(context, prepared.plan?.mail, prepared),
			},
			pairedItem: { item: index },
		});
	}
	return items;
}

/** What is not about one field alone. */
export function asRefusal({ message, remedy }: Failure): Partial<Refusal> {
	return { cause: message, remedy };
}

/** The email as its reader sees it, or the reasons why it can't be sent. */
export async function emailFile(
	context: IExecuteFunctions,
	mail: Mail | undefined,
	{ refusals, warnings }: Pick<ShownMail, 'refusals' | 'warnings'>,
): Promise<IBinaryData> {
	const images = await readImages(mail?.files ?? []);
	return await asFile(
		context,
		previewPage({ mail, refusals, warnings, images }),
		PREVIEW_FILES.email,
	);
}

/**
 * n8n's *View* is offered by the file type, and its server serves stored files of a list of MIME types
 * only, which lacks text/html: so the file is text to the server, and HTML to the viewer.
 */
export async function asFile(
	context: IExecuteFunctions,
	page: string,
	{ fileName, mimeType, fileType }: PreviewFile,
): Promise<IBinaryData> {
	const file = await context.helpers.prepareBinaryData(Buffer.from(page), fileName, mimeType);
	return { ...file, fileType };
}

/** What the images of one page may have together, in bytes; beyond that they are named. */
const IMAGE_BYTES = 2 * 1024 * 1024;

async function readImages(files: readonly MailFile[]): Promise<Map<string, string>> {
	const images = new Map<string, string>();
	let bytes = 0;
	for (const file of files.filter(isShownImage)) {
		bytes += file.size;
		if (bytes > IMAGE_BYTES) break;
		const data = await readBase64(file).catch(() => undefined);
		// A file that n8n can no longer read is named, as those that are too large.
		if (data !== undefined) images.set(file.contentId!, data);
	}
	return images;
}

/** An email that may be refused for a reason that is not about one field. */
interface ShownMail extends Pick<PreparedMail, 'plan' | 'warnings'> {
	refusals: Array<Partial<Refusal>>;
}

function describe({ plan, refusals, warnings }: ShownMail): PreviewFields {
	const issues = { canBeSent: refusals.length === 0, refusals, warnings };
	if (!plan) return issues;
	const { mail, requestBytes, needs } = plan;
	return {
		...issues,
		...mail.recipients,
		subject: mail.message.subject ?? '',
		// As it would leave, without the files, which `attachments` lists. No copy: a body that many
		// items share stays one text.
		message: mail.message,
		saveToSentItems: mail.saveToSentItems,
		requestBytes,
		route: mail.route,
		attachments: mail.files.map(describeFile),
		permissions: ['Mail.Send', ...needs, ...(mail.message.from ? ['Mail.Send.Shared'] : [])],
	};
}

function describeFile(file: MailFile): PreviewedFile {
	const { field, name, contentType, size, isInline, contentId, travels } = file;
	const place = isInline ? 'inline' : 'attached';
	return { field, name, contentType, size, place, ...definedEntries({ contentId }), travels };
}
