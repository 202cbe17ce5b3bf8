import nock from 'nock';
import { CLOUD_INSTANCES } from '#node/account/cloudInstances';
import { CredentialStore } from '#tools/engine/credentialStore';
import { runWorkflow } from '#tools/engine/runWorkflow';

const TOKEN = 'access-token-of-the-test';

function linkedStore(data: Record<string, unknown>) {
	const store = new CredentialStore();
	const credential = store.add({
		id: 'c1',
		name: 'Outlook',
		type: 'customerOutlookOAuth2Api',
		data: {
			clientId: 'client-1',
			clientSecret: 'secret-1',
			oauthTokenData: { access_token: TOKEN, refresh_token: 'refresh-1', token_type: 'Bearer' },
			...data,
		} as never,
	});
	return { store, credential };
}

const parameters = {
	to: 'jane@example.com',
	subject: 'Welcome',
	bodyType: 'html',
	body: '<p>Hello</p>',
};

test.each(Object.entries(CLOUD_INSTANCES))(
	'a mail of cloud %s goes to its own Graph host with the token in the header',
	async (cloudInstance, { graphOrigin }) => {
		const { store, credential } = linkedStore({ cloudInstance });
		nock(graphOrigin)
			.post('/v1.0/me/sendMail', {
				message: {
					subject: 'Welcome',
					body: { contentType: 'html', content: '<p>Hello</p>' },
					toRecipients: [{ emailAddress: { address: 'jane@example.com' } }],
				},
				saveToSentItems: true,
			})
			.matchHeader('authorization', `Bearer ${TOKEN}`)
			.matchHeader('content-type', /^application\/json/)
			.matchHeader('client-request-id', /^[0-9a-f-]{36}$/)
			.reply(202, '', { 'request-id': 'graph-1' });

		const { items, error } = await runWorkflow({
			store,
			credential,
			parameters,
			items: [{ json: {} }],
		});

		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				json: {
					status: 'accepted',
					to: ['jane@example.com'],
					subject: 'Welcome',
					acceptedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
					attempts: 1,
					clientRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
					requestId: 'graph-1',
				},
				pairedItem: { item: 0 },
			},
		]);
	},
);

test.each([
	['a cloud that is not known', { cloudInstance: 'mars' }, 'The cloud instance is not one'],
	['a tenant with a path', { tenantId: 'contoso/../evil' }, 'The tenant ID is neither a GUID'],
	[
		'a plain http host',
		{ cloudInstance: 'custom', loginHost: 'http://login.example', graphHost: 'https://g.example' },
		'The login host is not an https origin',
	],
	[
		'a host with a path',
		{ cloudInstance: 'custom', loginHost: 'https://l.example', graphHost: 'https://g.example/v1' },
		'The Graph host is not an https origin',
	],
	['no client ID', { clientId: '' }, 'The client ID is missing'],
	['no sign-in yet', { oauthTokenData: undefined }, 'The Outlook account is not connected yet'],
])('%s is refused before anything leaves', async (_name, data, message) => {
	const { store, credential } = linkedStore(data);
	const { error } = await runWorkflow({ store, credential, parameters, items: [{ json: {} }] });
	expect(error?.message).toContain(message);
	expect(error?.description).toBeTruthy();
});

test('a redirect is not followed: the token goes to no other host', async () => {
	const { store, credential } = linkedStore({ cloudInstance: 'global' });
	nock('https://graph.microsoft.com')
		.post('/v1.0/me/sendMail')
		.reply(307, '', { location: 'https://elsewhere.example/' });
	const { error } = await runWorkflow({ store, credential, parameters, items: [{ json: {} }] });
	expect(error?.message).toContain('the outcome is unknown');
});
