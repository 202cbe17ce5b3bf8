import { setTimeout as wait } from 'node:timers/promises';
import type { AcceptedMail } from '#sandbox/outbox/outbox';
import type { Sandbox } from '#sandbox/index';
import type { Credential } from '../n8n/credentials';
import type { EditorSession } from '../n8n/editorSession';
import { node } from '../n8n/mailNodes';
import { NODE_TYPE } from '../n8n/packagedNode';
import { chain, type WorkflowDefinition } from '../n8n/workflows';

/** The name of the node that asks. */
export const QUESTION_NODE = 'Ask';

/** A workflow that asks one question and ends. */
export function questionRun(
	name: string,
	credential: Credential,
	parameters: Record<string, unknown> = {},
): WorkflowDefinition {
	return chain(name, [
		node(1, 'Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node(2, 'Request', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ name: 'Sam', system: 'Payroll' }),
			options: {},
		}),
		{
			...node(3, QUESTION_NODE, NODE_TYPE, 1, {
				application: credential.type === 'roboMqOutlookOAuth2Api' ? 'roboMq' : 'customer',
				operation: 'sendAndWait',
				to: 'manager@contoso.example',
				subject: '=Access to {{ $json.system }} for {{ $json.name }}',
				message: '=Does **{{ $json.name }}** need {{ $json.system }}?',
				...parameters,
			}),
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		},
		node(4, 'Then', 'n8n-nodes-base.noOp', 1, {}),
	]);
}

/** The links in an email, in their order. */
export function linksIn(mail: AcceptedMail): string[] {
	const html = mail.message.body?.content ?? '';
	return [...html.matchAll(/href="(https?:[^"]+)"/g)].map(([, url]) =>
		(url ?? '').replaceAll('&amp;', '&'),
	);
}

/** Waits until so many emails were accepted. */
export async function mailsOf(
	{ outbox }: Sandbox,
	count: number,
	patience = 30_000,
): Promise<AcceptedMail[]> {
	const deadline = Date.now() + patience;
	while (outbox.length < count) {
		if (Date.now() > deadline)
			throw new Error(`${outbox.length} of ${count} emails after ${patience} ms`);
		await wait(50);
	}
	return outbox.slice(0, count);
}

/** Waits for the emails of one execution, among those of others that ask at the same time. */
export async function mailsOfExecution(
	{ outbox }: Sandbox,
	id: string,
	count: number,
	patience = 60_000,
): Promise<AcceptedMail[]> {
	const deadline = Date.now() + patience;
	const mails: AcceptedMail[] = [];
	for (let seen = 0; ; await wait(50)) {
		for (; seen < outbox.length; seen += 1) {
			const mail = outbox[seen]!;
			if (mail.message.body?.content?.includes(`/webhook-waiting/${id}/`)) mails.push(mail);
		}
		if (mails.length >= count) return mails;
		if (Date.now() > deadline)
			throw new Error(`${mails.length} of ${count} emails of execution ${id} after ${patience} ms`);
	}
}

/** Each look costs n8n time that it needs for the questions. */
const LONGEST_PAUSE_MS = 800;

/** Waits until n8n has stored that the execution waits; before, it answers its links with 409. */
export async function untilWaiting(
	session: EditorSession,
	id: string,
	patience = 60_000,
): Promise<void> {
	const deadline = Date.now() + patience;
	for (let pause = 50; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
		const { status } = await session.get<{ status: string }>(`/executions/${id}`);
		if (status === 'waiting') return;
		if (Date.now() > deadline || status === 'error' || status === 'success') {
			throw new Error(`Execution ${id} does not wait: it is ${status}`);
		}
		await wait(pause);
	}
}

/** What a browser sends that posts the page's form. */
export async function answer(
	url: string,
	form: Record<string, string>,
	headers: Record<string, string> = {},
): Promise<{ status: number; page: string; headers: Headers }> {
	const response = await fetch(url, {
		method: 'POST',
		body: new URLSearchParams(form),
		headers: {
			origin: new URL(url).origin,
			'sec-fetch-site': 'same-origin',
			'accept-language': 'en',
			...headers,
		},
	});
	return { status: response.status, page: await response.text(), headers: response.headers };
}

export async function open(
	url: string,
	headers: Record<string, string> = {},
): Promise<{ status: number; page: string; headers: Headers }> {
	const response = await fetch(url, { headers });
	return { status: response.status, page: await response.text(), headers: response.headers };
}
