import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Sign } from '../ask/links';
import { questionPage, withoutControls } from '../ask/page';
import { previewOutcome } from '../ask/question';
import { PREVIEW_FILES } from '../attachments/file';
import { explainExpression, explainItemCount } from '../explain/refusals';
import type { Failure } from '../facts/failure';
import type { Refusal, Warning } from '../mail/issues';
import { withoutEmpty } from '../output/fields';
import { warn } from '../output/hints';
import { previewPage } from '../output/previewPage';
import { senderOf } from './parameters';
import { asFile, readImages } from './preview';
import { addressedMails, prepareQuestion, questionOf, type PreparedQuestion } from './questionMail';

/** Whether the designer wants to see a question that is sent to nobody. */
export function isPreviewOnly(context: IExecuteFunctions): boolean {
	return context.getNodeParameter('options.previewOnly', 0, false) === true;
}

/**
 * Shows the email of the first person asked and the page that its links open, without a credential and
 * without the network. Never throws for what a designer entered.
 */
export async function previewQuestion(
	context: IExecuteFunctions,
	now: Date,
	humanReview: boolean,
): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const sender = senderOf(context, undefined);
	const prepared = await prepareQuestion(context, now, sender, humanReview).catch(
		(error: unknown): Unreadable => ({
			refusals: [refusalOf(explainExpression(error))],
			warnings: [],
		}),
	);
	const refusals = [
		...(items.length > 1 ? [refusalOf(explainItemCount(items.length))] : []),
		...prepared.refusals,
	];
	const shown = await show({ ...prepared, refusals });
	warn(context, 'Preview Only is on: nobody was asked, and the workflow goes on.');
	const { warnings } = prepared;
	return [
		{
			json: {
				...(previewOutcome(shown.people) as IDataObject),
				canBeSent: refusals.length === 0,
				...withoutEmpty({ subject: shown.subject, refusals, warnings }),
			},
			binary: {
				...items[0]?.binary,
				preview: await asFile(context, shown.email, PREVIEW_FILES.email),
				...(shown.page && { page: await asFile(context, shown.page, PREVIEW_FILES.page) }),
			},
			pairedItem: { item: 0 },
		},
	];
}

/** Parameters that n8n could not evaluate. */
interface Unreadable extends Pick<PreparedQuestion, 'warnings'> {
	refusals: Array<Partial<Refusal>>;
	draft?: undefined;
}

function refusalOf({ message, remedy }: Failure): Partial<Refusal> {
	return { cause: message, remedy };
}

interface Shown {
	email: string;
	/** Undefined, like the subject, when the email can't be composed. */
	page?: string;
	subject?: string;
	people: string[];
}

interface ToShow {
	draft?: PreparedQuestion['draft'];
	refusals: Array<Partial<Refusal>>;
	warnings: readonly Warning[];
}

async function show({ draft, ...issues }: ToShow): Promise<Shown> {
	if (!draft) {
		return { email: previewPage({ ...issues, mail: undefined, images: new Map() }), people: [] };
	}
	const question = questionOf(draft, 'preview');
	const [mail] = addressedMails(draft, question, signNothing).mails;
	const images = await readImages(mail?.files ?? []);
	return {
		email: previewPage({ ...issues, mail, images }),
		page: withoutControls(
			questionPage(question, 1, draft.askedFor.language, { comment: '', problems: [] }),
		),
		subject: question.subject,
		people: question.people.map(({ address }) => address),
	};
}

/** Nothing waits, so no link leads anywhere. */
const signNothing: Sign = (parameters) =>
	`https://preview.invalid/?${new URLSearchParams(parameters).toString()}`;
