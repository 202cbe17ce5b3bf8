import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Sign } from '../ask/links';
import { questionPage, withoutControls } from '../ask/page';
import { previewOutcome } from '../ask/question';
import { PREVIEW_FILES } from '../attachments/file';
import { explainExpression, explainItemCount } from '../explain/refusals';
import { withoutEmpty } from '../output/fields';
import { warn } from '../output/hints';
import { senderOf } from './parameters';
import { asFile, asRefusal, emailFile } from './preview';
import { addressedMails, prepareQuestion, type QuestionDraft } from './questionMail';

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
	const { draft, ...prepared } = await prepareQuestion(context, {
		...{ now, humanReview, id: 'preview' },
		sender: senderOf(context),
	}).catch((error: unknown) => ({
		draft: undefined,
		refusals: [asRefusal(explainExpression(error))],
		warnings: [],
	}));
	const { warnings } = prepared;
	const refusals = [
		...(items.length > 1 ? [asRefusal(explainItemCount(items.length))] : []),
		...prepared.refusals,
	];
	const mail = draft && addressedMails(draft, signNothing)[0];
	const people = draft?.question.people.map(({ address }) => address) ?? [];
	warn(context, 'Preview Only is on: nobody was asked, and the workflow goes on.');
	return [
		{
			json: {
				...(previewOutcome(people) as IDataObject),
				canBeSent: refusals.length === 0,
				...withoutEmpty({ subject: draft?.question.subject, refusals, warnings }),
			},
			binary: {
				...items[0]?.binary,
				preview: await emailFile(context, mail, { refusals, warnings }),
				...(draft && { page: await asFile(context, pageOf(draft), PREVIEW_FILES.page) }),
			},
			pairedItem: { item: 0 },
		},
	];
}

function pageOf({ question, language }: QuestionDraft): string {
	return withoutControls(questionPage(question, 1, language, { comment: '', problems: [] }));
}

/** Nothing waits, so no link leads anywhere. */
const signNothing: Sign = (parameters) =>
	`https://preview.invalid/?${new URLSearchParams(parameters).toString()}`;
