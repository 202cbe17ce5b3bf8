import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { PlannedFile } from '../attachments/route';
import {
	OPTIONAL_PERMISSIONS,
	type OptionalPermission,
	unlinkedSenderRights,
} from '../account/permissions';
import { readApplication } from './parameters';
import { explainExpression } from '../explain/refusals';
import { withoutEmpty, type PreviewedFile, type PreviewFields } from '../output/fields';
import { prepareMail, type PreparedMail } from './prepareMail';

/**
 * Shows what would be sent, without a credential and without the network: one output item for each
 * input item, with its files, so that the email can be sent by the node after it. Also for an email that
 * cannot be sent: never throws for what a designer entered.
 */
export async function preview(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const now = new Date();
	const rights = unlinkedSenderRights(readApplication(context));
	const items: INodeExecutionData[] = [];
	for (const [index, { binary }] of context.getInputData().entries()) {
		items.push({
			json: withoutEmpty(await previewOf(index)),
			...(binary ? { binary } : {}),
			pairedItem: { item: index },
		});
	}
	return items;

	async function previewOf(index: number): Promise<PreviewFields> {
		try {
			return describe(await prepareMail(context, index, now, { rights }));
		} catch (error) {
			const { message, remedy } = explainExpression(error);
			return { canBeSent: false, refusals: [{ cause: message, remedy }] };
		}
	}
}

function describe({ mail, plan, refusals, warnings }: PreparedMail): PreviewFields {
	return {
		canBeSent: refusals.length === 0,
		refusals,
		warnings,
		...(mail && {
			...mail.recipients,
			subject: mail.message.subject ?? '',
			// As it would leave, without the files, which `attachments` lists. No copy: a body that many
			// items share stays one text.
			message: mail.message,
			saveToSentItems: mail.saveToSentItems,
		}),
		...(plan && {
			requestBytes: plan.requestBytes,
			route: plan.route,
			attachments: plan.files.map(describeFile),
		}),
		...(mail && {
			permissions: ['Mail.Send', ...permissionsFor(mail.message, plan?.needs)],
		}),
	};
}

function describeFile(file: PlannedFile): PreviewedFile {
	const { field, name, contentType, size, isInline, contentId, travels } = file;
	return {
		field,
		name,
		contentType,
		size,
		place: isInline ? 'inline' : 'attached',
		...(contentId === undefined ? {} : { contentId }),
		travels,
	};
}

/** What the credential has to allow beyond Mail.Send, in the order of its own list. */
function permissionsFor(
	{ from }: { from?: unknown },
	needs: readonly OptionalPermission[] = [],
): OptionalPermission[] {
	const all = new Set<OptionalPermission>(from ? [...needs, 'Mail.Send.Shared'] : needs);
	return (Object.keys(OPTIONAL_PERMISSIONS) as OptionalPermission[]).filter((permission) =>
		all.has(permission),
	);
}
