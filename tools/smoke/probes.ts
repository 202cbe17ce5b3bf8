import { CLOUD_INSTANCES, CUSTOM_CLOUD_INSTANCE } from '#node/account/cloudInstances';
import type { OptionalPermission } from '#node/account/application';
import type { FactName } from '#sandbox/facts';
import { ask, describe, uploadRange, type GraphAnswer, type GraphCaller } from './graphCaller';
import type { Observation, Verdict } from './observation';
import type { Tenant } from './tenant';

const MEGABYTE = 1024 * 1024;

export interface ProbeTools {
	graph: GraphCaller;
	tenant: Omit<Tenant, 'proof'>;
	loginOrigin: string;
	graphOrigin: string;
	/** Where every email goes. */
	to: string;
	/** The ID of an email that arrived, where one could be found. */
	messageId: string | undefined;
}

interface Finding {
	verdict: Verdict;
	seen: string;
}

type Findings<Name extends FactName> = Record<Name, Finding>;

/** Requests that the node does not make, or whose answer it keeps to itself. */
export interface Probe {
	name: string;
	expects: readonly FactName[];
	needs?: OptionalPermission;
	/** @returns why it can't be tried with this account */
	skip?(tools: Omit<ProbeTools, 'graph'>): string | undefined;
	run(tools: ProbeTools): Promise<Observation[]>;
}

function probe<Name extends FactName>(
	name: string,
	expects: readonly Name[],
	settings: Pick<Probe, 'needs' | 'skip'>,
	run: (tools: ProbeTools) => Promise<Findings<Name>>,
): Probe {
	return {
		name,
		expects,
		...settings,
		async run(tools) {
			try {
				const findings = await run(tools);
				return expects.map((fact) => ({ fact, where: name, ...findings[fact] }));
			} catch (error) {
				const seen = error instanceof Error ? error.message : String(error);
				return expects.map((fact) => ({ fact, where: name, verdict: 'notTried', seen }));
			}
		},
	};
}

const found = (isExpected: boolean, seen: string): Finding => ({
	verdict: isExpected ? 'asExpected' : 'differs',
	seen,
});
const occurred = (hasOccurred: boolean, seen: string): Finding => ({
	verdict: hasOccurred ? 'asExpected' : 'notSeen',
	seen,
});

/** Graph refuses it, so nothing is sent. */
const withoutRecipients = (message: object = {}) => ({
	message: { subject: 'Smoke: nobody', toRecipients: [], ...message },
	saveToSentItems: false,
});

const SOVEREIGN: readonly string[] = ['bleu', 'delos', 'singapore', CUSTOM_CLOUD_INSTANCE];
const READ_WRITE = { needs: 'Mail.ReadWrite' } as const;

export const PROBES: readonly Probe[] = [
	probe(
		'Hosts of the cloud',
		['sovereignHosts', 'shortScopes'],
		{
			skip: ({ tenant }) =>
				SOVEREIGN.includes(tenant.cloudInstance)
					? undefined
					: 'needs --cloud bleu, delos or singapore',
		},
		async ({ loginOrigin, graphOrigin, tenant }) => {
			const { json } = await ask(metadataUrl(loginOrigin, tenant.tenantId || 'common'));
			const { host } = new URL(graphOrigin);
			const named = String(json['msgraph_host'] ?? 'none');
			return {
				sovereignHosts: found(named === host, `${new URL(loginOrigin).host} names ${named}`),
				// The account could not have been linked otherwise.
				shortScopes: found(true, 'the account was linked with Mail.Send'),
			};
		},
	),
	probe('Tenant ID without a form', ['tenantIdForm'], {}, async ({ loginOrigin }) => {
		const answer = await ask(metadataUrl(loginOrigin, 'not_a_tenant'));
		return { tenantIdForm: found(answer.message.includes('AADSTS900023'), describe(answer)) };
	}),
	probe('One request', ['retryAfterOn202', 'otherSuccess'], {}, async ({ graph, to }) => {
		const answer = await graph.call('POST', '/me/sendMail', {
			message: {
				subject: 'Smoke: one request',
				toRecipients: [{ emailAddress: { address: to } }],
			},
		});
		const retryAfter = answer.headers.get('retry-after');
		const isOther = answer.status !== 202 && answer.status < 300;
		return {
			retryAfterOn202: occurred(
				answer.status === 202 && retryAfter !== null,
				`status ${answer.status}, Retry-After: ${retryAfter ?? 'none'}`,
			),
			otherSuccess: occurred(isOther, describe(answer)),
		};
	}),
	probe('Six custom headers', ['fiveHeaders'], {}, async ({ graph }) => {
		const headers = [1, 2, 3, 4, 5, 6].map((n) => ({ name: `x-smoke-${n}`, value: `${n}` }));
		const mail = withoutRecipients({ internetMessageHeaders: headers });
		const answer = await graph.call('POST', '/me/sendMail', mail);
		return {
			fiveHeaders: found(
				answer.code === 'InvalidInternetMessageHeaderCollection',
				describe(answer),
			),
		};
	}),
	probe('A request of 5 MB', ['tooLargeAs400'], {}, async ({ graph }) => {
		const content = 'x'.repeat(5 * MEGABYTE);
		const mail = withoutRecipients({ body: { contentType: 'text', content } });
		const answer = await graph.call('POST', '/me/sendMail', mail);
		const isSo = answer.status === 400 && /maximum request length/i.test(answer.message);
		const finding = isSo || answer.status === 413 ? occurred : found;
		return { tooLargeAs400: finding(isSo, describe(answer)) };
	}),
	probe('Eight requests at once', ['limitPerMailbox'], {}, async ({ graph }) => {
		const answers = await Promise.all(
			Array.from({ length: 8 }, async () => {
				return await graph.call('POST', '/me/sendMail', withoutRecipients());
			}),
		);
		const throttled = answers.filter(({ status }) => status === 429);
		const [first] = throttled;
		const seen = `${throttled.length} of 8 throttled${first ? `: ${describe(first)}` : ''}`;
		const finding = first ? found : occurred;
		return {
			limitPerMailbox: finding(/MailboxConcurrency/.test(first?.message ?? ''), seen),
		};
	}),
	probe('Ten new drafts', ['draftLag'], READ_WRITE, async ({ graph }) => {
		let missing = 0;
		for (let drafts = 0; drafts < 10; drafts++) {
			const answer = await graph.withDraft(async (path) => await graph.call('GET', path));
			if (answer.code === 'ErrorItemNotFound') missing += 1;
		}
		return { draftLag: occurred(missing > 0, `${missing} of 10 were not found at once`) };
	}),
	probe('A small upload session', ['smallSessionRefused'], READ_WRITE, async ({ graph }) => {
		const answer = await openSession(graph, MEGABYTE, async (session) => {
			return await Promise.resolve(session);
		});
		return { smallSessionRefused: found(answer.status >= 400, describe(answer)) };
	}),
	probe(
		'An upload session',
		['uploadCasing', 'uploadIntermediate', 'otherUploadHost', 'uploadHostsOfOtherClouds'],
		READ_WRITE,
		async ({ graph, tenant }) => {
			const size = 3 * MEGABYTE + 320 * 1024;
			return await openSession(graph, size, async (session) => {
				const url = String(session.json['uploadUrl'] ?? '');
				if (!URL.canParse(url)) throw new Error(`There is no session (${describe(session)})`);
				const first = await uploadRange(url, new Uint8Array(MEGABYTE), { from: 0, size });
				const rest = new Uint8Array(size - MEGABYTE);
				const last = await uploadRange(url, rest, { from: MEGABYTE, size });
				const casing = ['nextExpectedRanges', 'NextExpectedRanges'].find(
					(name) => name in first.json,
				);
				const { hostname } = new URL(url);
				return {
					uploadCasing: found(casing !== undefined, `${hostname} writes ${casing ?? 'neither'}`),
					uploadIntermediate: found(
						[200, 202].includes(first.status) && last.status === 201,
						`first range ${first.status}, last range ${last.status}`,
					),
					...judgeUploadHost(tenant.cloudInstance, hostname),
				};
			});
		},
	),
];

/** The form of a reply that the node does not use; a person sees what becomes of it. */
export const REPLY_WITH_BODY = {
	name: 'Reply with a body',
	expects: ['bodyLosesHistory'],
	needs: 'Mail.ReadWrite',
	question:
		'Reply with a body: is the quoted first email missing from the answer “A reply with a body.”?',
	async send({ graph, messageId, to }: ProbeTools): Promise<Observation | { status: 202 }> {
		const of = { fact: 'bodyLosesHistory', where: REPLY_WITH_BODY.name } as const;
		if (messageId === undefined)
			return { ...of, verdict: 'notTried', seen: 'the first email was not found in the inbox' };
		const path = `/me/messages/${encodeURIComponent(messageId)}/reply`;
		const answer = await graph.call('POST', path, {
			message: {
				toRecipients: [{ emailAddress: { address: to } }],
				body: { contentType: 'html', content: '<p>A reply with a body.</p>' },
			},
		});
		return answer.status === 202
			? { status: 202 }
			: { ...of, verdict: 'differs', seen: describe(answer) };
	},
} as const;

function judgeUploadHost(
	cloudInstance: string,
	hostname: string,
): Findings<'otherUploadHost' | 'uploadHostsOfOtherClouds'> {
	const other: Finding = { verdict: 'notTried', seen: 'needs an account of another cloud' };
	if (cloudInstance !== 'global') {
		const expected = cloudInstance === 'china' ? hostname === 'partner.outlook.cn' : true;
		return {
			otherUploadHost: { ...other, seen: 'needs an account of the global cloud' },
			uploadHostsOfOtherClouds: found(expected, `the upload host is ${hostname}`),
		};
	}
	const isUsual = hostname === 'outlook.office.com';
	return {
		otherUploadHost: {
			...found(hostname === 'outlook.office365.com', `the upload host is ${hostname}`),
			...(isUsual ? { verdict: 'notSeen' } : {}),
		},
		uploadHostsOfOtherClouds: other,
	};
}

async function openSession<T>(
	graph: GraphCaller,
	size: number,
	work: (session: GraphAnswer) => Promise<T>,
): Promise<T> {
	return await graph.withDraft(async (path) => {
		const item = { attachmentType: 'file', name: 'smoke.bin', size };
		const sessions = `${path}/attachments/createUploadSession`;
		return await work(await graph.call('POST', sessions, { AttachmentItem: item }));
	});
}

function metadataUrl(loginOrigin: string, tenant: string): string {
	return `${loginOrigin}/${tenant}/v2.0/.well-known/openid-configuration`;
}

/** Where a tenant of the smoke run signs in, and its Graph. */
export function originsOf({ cloudInstance, loginHost, graphHost }: Omit<Tenant, 'proof'>): {
	loginOrigin: string;
	graphOrigin: string;
} {
	const known = Object.entries(CLOUD_INSTANCES).find(([name]) => name === cloudInstance)?.[1];
	return known ?? { loginOrigin: loginHost, graphOrigin: graphHost };
}
