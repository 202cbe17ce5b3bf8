import type { IExecuteFunctions } from 'n8n-workflow';
import { unlinkedSenderRights } from '#node/account/permissions';
import { prepareMail } from '#node/operations/prepareMail';
import { cpuPerMail } from './cpuPerMail';

const MAILS = 2000;

const PARAGRAPH = 'Good morning, and welcome to the team. Your first day begins at nine. ';

/** CPU milliseconds for reading, composing and checking one mail, which n8n's own work is no part of. */
export async function measureChecking(bodyCharacters: number): Promise<number> {
	const parameters: Record<string, string> = {
		to: '"Doe, Jane" <jane@contoso.example>',
		subject: 'Welcome',
		bodyType: 'html',
		body: `<p>${PARAGRAPH.repeat(bodyCharacters / PARAGRAPH.length + 1).slice(0, bodyCharacters)}</p>`,
	};
	const context = {
		getNodeParameter: (name: string, _item: number, fallback: unknown) =>
			parameters[name] ?? fallback,
		getNode: () => ({ parameters: {} }),
		getTimezone: () => 'Europe/Berlin',
		getInputData: () => [{ json: {} }],
	} as unknown as IExecuteFunctions;
	const now = new Date();
	const check = async (mails: number) => {
		for (let mail = 0; mail < mails; mail++) {
			const { refusals } = await prepareMail(context, 0, now, {
				rights: unlinkedSenderRights('customer'),
			});
			if (refusals.length > 0) throw new Error('The mail was refused');
		}
	};
	await check(MAILS / 4);
	return await cpuPerMail(MAILS, check);
}
