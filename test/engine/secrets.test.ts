import { inspect } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import { connectAccount } from '#tools/engine/connectAccount';
import { installDeduplicationStore } from '#tools/engine/deduplicationStore';
import { hires, WELCOME } from '#tools/engine/linkedSandbox';
import type { WorkflowResult } from '#tools/engine/runWorkflow';
import { linkedForTests } from './linkedForTests';

const BODY = 'the-words-of-the-mail-itself';

const linked = linkedForTests();
const log: string[] = [];
beforeAll(async () => {
	await installDeduplicationStore();
	// n8n-core logs through winston, which writes to the console here.
	for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
		jest.spyOn(console, method).mockImplementation((...words: unknown[]) => {
			log.push(words.map((word) => (typeof word === 'string' ? word : inspect(word))).join(' '));
		});
	}
});
beforeEach(() => {
	log.length = 0;
});

/** Everything that must not leave the credential: secrets, and every token that was in use. */
function secretsOf(application: 'roboMq' | 'customer'): Set<string> {
	const data = linked.store.resolve(linked.credentials[application].id);
	const tokens = data.oauthTokenData as IDataObject;
	return new Set([
		String(data.clientSecret),
		String(tokens.access_token),
		String(tokens.refresh_token),
	]);
}

/** All that a run leaves, in every form in which n8n or a person may write it down. */
function traces({ run, error, items, hints }: WorkflowResult): string[] {
	const errors = [error, ...items.map((item) => item.error)].filter(Boolean);
	return [
		JSON.stringify(run.data.resultData),
		inspect(run.data.resultData, { depth: 20, showHidden: true }),
		...errors.flatMap((each) => [
			JSON.stringify(each),
			inspect(each, { depth: 20, showHidden: true }),
			String((each as Error).stack),
		]),
		JSON.stringify(hints),
		...log,
	];
}

const REVOKED = () => {
	linked.sandbox.expireAccessTokens();
	linked.sandbox.revokeRefreshTokens();
};

const cases: Array<[string, () => void, IDataObject]> = [
	['all is well', () => {}, {}],
	['the token is renewed', () => linked.sandbox.expireAccessTokens(), {}],
	['Graph answers 500', () => linked.sandbox.faults.switchOn('error500'), {}],
	['the connection is cut', () => linked.sandbox.faults.switchOn('dropAfterTaken'), {}],
	['nobody listens', () => linked.sandbox.faults.switchOn('dropOnConnect'), {}],
	['Graph refuses the token for ever', () => linked.sandbox.faults.switchOn('expiredToken'), {}],
	['the mailbox is full', () => linked.sandbox.faults.switchOn('quota507'), {}],
	[
		'the secret has expired',
		() => {
			linked.sandbox.expireAccessTokens();
			linked.sandbox.faults.switchOn('expiredSecret');
		},
		{},
	],
	['access was revoked', REVOKED, {}],
	['the connection is checked', () => {}, { operation: 'checkConnection' }],
	['the connection is checked and refused', REVOKED, { operation: 'checkConnection' }],
];

describe.each(['customer', 'roboMq'] as const)('%s', (application) => {
	test.each(cases)('no trace of a secret when %s', async (_name, arrange, parameters) => {
		const before = secretsOf(application);
		arrange();
		const result = await linked.run({
			application,
			parameters: {
				...WELCOME,
				body: `={{ $json.name + ' ${BODY}'.split('').join('') }}`,
				options: { sendOnceKey: '={{ $json.address }}' },
				...parameters,
			},
			items: hires(2),
		});
		await linked.sandbox.faults.switchOff();

		const text = traces(result).join('\n');
		expect(text.length).toBeGreaterThan(100);
		for (const secret of [...before, ...secretsOf(application)]) {
			expect(text.includes(secret)).toBe(false);
		}
		expect(text).not.toMatch(/Bearer [\w-]{8}|client_secret=|refresh_token=|client_assertion=/);
		const expression = new RegExp(`'? ?${BODY}'\\.split`, 'g');
		expect(text.replace(expression, '').includes(BODY)).toBe(false);
		if (REVOKED === arrange) await relink(application);
	});
});

test.each([
	['as they are', (secret: string) => secret],
	['percent-encoded', (secret: string) => encodeURIComponent(secret).replaceAll('-', '%2d')],
	['in Basic authentication', (secret: string) => Buffer.from(`x:${secret}`).toString('base64')],
])('no trace of what Graph repeats of the credential, %s', async (_name, encode) => {
	await relink('customer');
	const encoded = [...secretsOf('customer')].map(encode);
	const message = `Not understood: ${encoded.join(' ')}`.slice(0, 1_900);
	linked.sandbox.faults.switchOn('custom', {
		status: 400,
		body: JSON.stringify({ error: { code: 'BadRequest', message } }),
	});
	const result = await linked.run({
		application: 'customer',
		parameters: WELCOME,
		items: hires(1),
	});
	await linked.sandbox.faults.switchOff();
	const text = traces(result).join('\n');
	expect(text).toContain('Not understood: ***');
	for (const each of encoded) expect(text.includes(each.slice(0, 30))).toBe(false);
});

test.each([202, 400])(
	'no trace of a token that comes back as the ID of a request, with %d',
	async (status) => {
		await relink('customer');
		const token = [...secretsOf('customer')][1]!;
		linked.sandbox.faults.switchOn('custom', {
			status,
			headers: { 'request-id': token, 'content-type': 'application/json' },
			body: JSON.stringify({
				error: { code: 'BadRequest', message: 'No', innerError: { 'request-id': token } },
			}),
		});
		const result = await linked.run({
			application: 'customer',
			parameters: WELCOME,
			items: hires(1),
			onError: 'continueRegularOutput',
		});
		await linked.sandbox.faults.switchOff();
		expect(result.items).toHaveLength(1);
		expect(traces(result).join('\n').includes(token)).toBe(false);
	},
);

async function relink(application: 'roboMq' | 'customer'): Promise<void> {
	const { accounts } = linked.sandbox.directory;
	await connectAccount(
		linked.store,
		linked.credentials[application].id!,
		linked.sandbox,
		accounts.adele.userPrincipalName,
	);
}
