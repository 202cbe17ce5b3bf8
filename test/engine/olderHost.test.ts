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
