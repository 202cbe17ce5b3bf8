import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';
import nock from 'nock';
import { SendOutlookMail } from '#node/SendOutlookMail.node';
import { CredentialStore } from '#tools/engine/credentialStore';
import { hires, startLinkedSandbox, WELCOME } from '#tools/engine/linkedSandbox';
import { runWorkflow } from '#tools/engine/runWorkflow';

/** The node in an n8n whose helpers lack these. */
function nodeWithout(...names: string[]): INodeType {
	return Object.assign(new SendOutlookMail(), {
		async execute(this: IExecuteFunctions) {
			const missing = Object.fromEntries(names.map((name) => [name, { value: undefined }]));
			const helpers: unknown = Object.create(this.helpers, missing);
			const context = Object.create(this, { helpers: { value: helpers } }) as IExecuteFunctions;
			return await new SendOutlookMail().execute.call(context);
		},
	});
}

const HOSTS: Array<[string, INodeType, requests: number]> = [
	['that does not show its egress rules', nodeWithout('getSecureEgressFilter'), 2],
	[
		'that renews no token for a node',
		nodeWithout('getSecureEgressFilter', 'refreshOAuth2Token'),
		// The second is the one for which n8n renews the token.
		3,
	],
];

const MAIL = { to: 'jane@example.com', subject: 'Welcome', body: 'Hello' };

function credentialWith(oauthTokenData: IDataObject) {
	const store = new CredentialStore();
	const credential = store.add({
		id: 'c1',
		name: 'Outlook',
		type: 'customerOutlookOAuth2Api',
		data: { clientId: 'client-1', oauthTokenData } as never,
	});
	return { store, credential };
}

test.each(HOSTS)('in an n8n %s, what Graph says of a token is read', async (...row) => {
	const [, nodeType, requests] = row;
	nock('https://login.microsoftonline.com')
		.post('/common/oauth2/v2.0/token')
		.reply(200, { access_token: 'token-2', token_type: 'Bearer', expires_in: 3600 });
	const code = 'OrganizationFromTenantGuidNotFound';
	nock('https://graph.microsoft.com')
		.post('/v1.0/me/sendMail')
		.times(requests)
		.reply(401, { error: { code, message: 'The tenant for tenant guid does not exist.' } });
	const { error } = await runWorkflow({
		...credentialWith({ access_token: 'token-1', refresh_token: 'refresh-1' }),
		parameters: MAIL,
		items: [{ json: {} }],
		nodeType,
	});
	expect(error).toMatchObject({ code, context: { details: { httpStatus: 401 } } });
});

test.each(HOSTS)(
	'in an n8n %s, the email travels through its own request helper',
	async (...row) => {
		const [, nodeType] = row;
		nock('https://graph.microsoft.com')
			.post('/v1.0/me/sendMail')
			.matchHeader('authorization', 'Bearer token-1')
			// What n8n says of itself, and our own connections do not.
			.matchHeader('user-agent', /n8n/)
			.reply(202);
		const { items, error } = await runWorkflow({
			...credentialWith({ access_token: 'token-1' }),
			parameters: MAIL,
			items: [{ json: {} }],
			nodeType,
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json.status).toBe('accepted');
	},
);

test.each(HOSTS)(
	'in an n8n %s, a renewal that is refused is asked for once a run, not once an item',
	async (...row) => {
		const [, nodeType] = row;
		const linked = await startLinkedSandbox();
		try {
			linked.sandbox.expireAccessTokens();
			linked.sandbox.revokeRefreshTokens();
			const { items } = await linked.run({
				parameters: WELCOME,
				items: hires(40),
				onError: 'continueRegularOutput',
				nodeType,
			});
			const codes = items.map(({ json }) => (json.details as IDataObject | undefined)?.aadsts);
			expect(codes).toEqual(Array.from({ length: 40 }, () => 'AADSTS50173'));
			const { requests } = linked.sandbox;
			const renewals = requests.filter(({ grantType }) => grantType === 'refresh_token');
			// One by n8n, and one that learns the reason.
			expect(renewals).toHaveLength(2);
			// Those that were in flight when the token turned out to be rejected, and no others.
			const sent = requests.filter(({ path }) => path.endsWith('/sendMail'));
			expect(sent.length).toBeLessThan(10);
		} finally {
			await linked.sandbox.close();
		}
	},
);
