import { startSandbox, type Sandbox } from '#sandbox/index';
import { howToLink, roboMqOverwrites } from '#sandbox/linking';
import { connect } from './client';

let sandbox: Sandbox;
let text: string;

beforeAll(async () => {
	sandbox = await startSandbox();
	text = howToLink(sandbox);
});
afterAll(async () => await sandbox.close());

/** What stands behind a field in the text. */
const entered = (field: string) => new RegExp(`^ +${field} +(\\S+)$`, 'm').exec(text)?.[1] ?? '';

test('what it says for a customer-owned credential links an account', async () => {
	expect(entered('Entra ID Cloud Instance')).toBe('Custom');
	expect(entered('Login Host')).toBe(sandbox.loginOrigin);
	expect(entered('Graph Host')).toBe(sandbox.graphOrigin);
	const app = sandbox.directory.app(entered('Client ID'));
	const [, person] = /choose (Megan Bowen)\./.exec(text) ?? [];
	const account = Object.values(sandbox.directory.accounts).find(
		({ displayName }) => displayName === person,
	);
	const secrets = app?.secrets.filter(({ value }) => value === entered('Client Secret')) ?? [];
	const { accessToken } = await connect(
		sandbox,
		{ ...app!, secrets },
		account?.userPrincipalName ?? '',
		{ tenant: entered('Tenant ID') },
	);
	expect(accessToken).not.toBe('');
});

test('what it says for the RoboMQ application is what n8n takes as overwrites', () => {
	const [, overwrites = ''] = /CREDENTIALS_OVERWRITE_DATA='(.*)'/.exec(text) ?? [];
	expect(JSON.parse(overwrites)).toEqual(roboMqOverwrites(sandbox));
});
