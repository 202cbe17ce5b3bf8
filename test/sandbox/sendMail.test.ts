import { startSandbox, type Sandbox } from '../../sandbox';
import { callGraph, connect, mailTo } from './client';

let sandbox: Sandbox;
let token: string;

beforeAll(async () => {
	sandbox = await startSandbox();
	const { apps, accounts } = sandbox.directory;
	const scope = 'Mail.Send Mail.Send.Shared offline_access';
	token = (await connect(sandbox, apps.roboMq, accounts.adele.userPrincipalName, { scope }))
		.accessToken;
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const send = async (body: unknown, own: object = {}) =>
	await callGraph(sandbox, '/v1.0/me/sendMail', { token, body, ...own });

test('accepts a mail with 202 and an empty body, and says which request it was', async () => {
	const response = await send(mailTo('new.hire@contoso.example'), {
		headers: { 'client-request-id': '6a0c7b9e-0000-4000-8000-000000000001' },
	});

	expect(response).toMatchObject({ status: 202, text: '' });
	expect(response.headers.get('client-request-id')).toBe('6a0c7b9e-0000-4000-8000-000000000001');
	expect(sandbox.outbox).toHaveLength(1);
	expect(sandbox.outbox[0]).toMatchObject({
		mailbox: 'adele.vance@contoso.example',
		via: 'sendMail',
		saveToSentItems: true,
		clientRequestId: '6a0c7b9e-0000-4000-8000-000000000001',
		requestId: response.headers.get('request-id'),
		message: mailTo('new.hire@contoso.example').message,
	});
});
