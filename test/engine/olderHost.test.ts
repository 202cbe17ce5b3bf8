import type { IExecuteFunctions } from 'n8n-workflow';
import nock from 'nock';
import { SendOutlookMail } from '#node/SendOutlookMail.node';
import { CredentialStore } from '#tools/engine/credentialStore';
import { runWorkflow } from '#tools/engine/runWorkflow';

/** The node in an n8n that does not yet show its egress rules to nodes. */
class NodeInOlderHost extends SendOutlookMail {
	override async execute(this: IExecuteFunctions) {
		const helpers = Object.create(this.helpers, { getSecureEgressFilter: { value: undefined } });
		const context = Object.create(this, { helpers: { value: helpers } }) as IExecuteFunctions;
		return await new SendOutlookMail().execute.call(context);
	}
}

test('what Graph says of a token that it refuses twice is read from the error of n8n', async () => {
	const store = new CredentialStore();
	const credential = store.add({
		id: 'c1',
		name: 'Outlook',
		type: 'customerOutlookOAuth2Api',
		data: {
			clientId: 'client-1',
			oauthTokenData: { access_token: 'token-1', refresh_token: 'refresh-1' },
		} as never,
	});
	nock('https://login.microsoftonline.com')
		.post('/common/oauth2/v2.0/token')
		.reply(200, { access_token: 'token-2', token_type: 'Bearer', expires_in: 3600 });
	const code = 'OrganizationFromTenantGuidNotFound';
	nock('https://graph.microsoft.com')
		.post('/v1.0/me/sendMail')
		.times(3)
		.reply(401, { error: { code, message: 'The tenant for tenant guid does not exist.' } });
	const { error } = await runWorkflow({
		store,
		credential,
		parameters: { to: 'jane@example.com', subject: 'Welcome', body: 'Hello' },
		items: [{ json: {} }],
		nodeType: new NodeInOlderHost(),
	});
	expect(error).toMatchObject({ code, context: { details: { httpStatus: 401 } } });
	nock.cleanAll();
});

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
		nodeType: new NodeInOlderHost(),
	});
	expect(error).toBeUndefined();
	expect(items[0]?.json.status).toBe('accepted');
});
