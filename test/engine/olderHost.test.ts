import nock from 'nock';
import { CredentialStore } from '#tools/engine/credentialStore';
import { runWorkflow } from '#tools/engine/runWorkflow';

// An n8n that does not yet tell its egress rules to nodes.
jest.mock('#node/graph/egress', () => ({ readEgressRules: () => undefined }));

test('in an older n8n the mail travels through its own request helper', async () => {
	const store = new CredentialStore();
	const credential = store.add({
		id: 'c1',
		name: 'Outlook',
		type: 'customerOutlookOAuth2Api',
		data: { clientId: 'client-1', oauthTokenData: { access_token: 'token-1' } } as never,
	});
	nock('https://graph.microsoft.com')
		.post('/v1.0/me/sendMail')
		.matchHeader('authorization', 'Bearer token-1')
		// What n8n says of itself, and our own connections do not.
		.matchHeader('user-agent', /n8n/)
		.reply(202);
	const { items, error } = await runWorkflow({
		store,
		credential,
		parameters: { to: 'jane@example.com', subject: 'Welcome', body: 'Hello' },
		items: [{ json: {} }],
	});
	expect(error).toBeUndefined();
	expect(items[0]?.json.status).toBe('accepted');
});
