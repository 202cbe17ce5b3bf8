import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Checklist } from '../kit/checklist';
import { readOptions, runCommand } from '../kit/commandLine';
import type { Ending } from '../kit/ending';
import { ANY_PORT } from '../kit/ports';
import { run } from '../kit/processes';
import { linkAccount, customerAccount } from '../n8n/outlookAccounts';
import { EditorSession } from '../n8n/editorSession';
import { installN8n, N8N_PROGRAM } from '../n8n/install';
import { provision } from '../n8n/provisioning';
import { roboMqOverwrites } from '#sandbox/linking';
import type { N8n } from '../n8n/process';
import { setStage, type Stage } from '../n8n/stage';
import { passingUserFolder } from '../n8n/userFolder';
import { startHostile } from './hostile';
import { checkResolution } from './resolution';
import { checkHttpRequest, checkLoadOptions } from './otherNodes';
import { requireNoSecret, ROBO_MQ, tryWay, type Scene } from './tryWay';
import { WAYS } from './ways';

const USAGE = `Usage: npm run security [-- --tarball <file>]

Tries in the pinned n8n, as an ordinary member of it, to get at the client secret of the RoboMQ
application and at tokens.

  --tarball <file>   another version of the package than the one built here
`;

interface Arguments {
	help: boolean;
	tarball?: string | undefined;
}

async function security({ tarball }: Arguments, ending: Ending): Promise<Checklist> {
	const list = new Checklist();
	await installN8n();
	if (!tarball) await checkResolution(list);
	const folder = await passingUserFolder();
	ending.then(folder.release);
	const hostile = await startHostile();
	ending.then(hostile.close);
	const stage = await setStage({
		userFolder: folder.path,
		port: ANY_PORT,
		tarball,
		settings: {
			HTTPS_PROXY: hostile.proxy,
			HTTP_PROXY: hostile.proxy,
			NO_PROXY: '127.0.0.1,localhost',
			N8N_LOG_LEVEL: 'debug',
		},
	});
	ending.then(stage.sandbox.close);
	const scene = { sandbox: stage.sandbox, member: await inviteMember(stage), hostile };
	await checkWays(list, scene, 'with sign-in URLs of the operator');
	await checkOtherNodes(list, scene);
	await checkSupportedNodes(list, scene);
	const { roboMqOutlookOAuth2Api: provided } = roboMqOverwrites(stage.sandbox);
	const { clientId = '', clientSecret = '' } = provided ?? {};
	await provision(stage.n8n, { [ROBO_MQ]: { clientId, clientSecret } });
	await checkWays(list, scene, 'without them');
	await stage.n8n.stop();
	await list.check('no credential and no log of n8n holds the secret in the clear', async () => {
		const stored = await storedCredentials(stage.n8n);
		const expressions = stored.replaceAll(/\$self\[[^\]]*\]/g, '');
		requireNoSecret(stage.sandbox, [await readFile(stage.n8n.logPath, 'utf8')]);
		const { secrets } = stage.sandbox.directory.apps.roboMq;
		assert.ok(!expressions.includes(secrets[0]?.value ?? ''), 'a credential holds it');
	});
	return list;
}

async function checkWays(list: Checklist, scene: Scene, provisioning: string): Promise<void> {
	const atMicrosoft = provisioning === 'without them';
	for (const way of WAYS) {
		// At Microsoft's hosts nobody can be signed in from here: what is left is that nothing leaves.
		const tried = atMicrosoft ? { ...way, works: false } : way;
		await list.check(`${provisioning}: ${way.name}`, async () => await tryWay(scene, tried));
	}
}

async function checkOtherNodes(list: Checklist, scene: Scene): Promise<void> {
	const accounts = [
		{
			...customerAccount(scene.sandbox),
			...{ type: ROBO_MQ, data: { allowedHttpRequestDomains: 'all' } },
			...{ name: 'RoboMQ, all domains', tenant: 'common' },
			clientId: scene.sandbox.directory.apps.roboMq.id,
		},
		customerAccount(scene.sandbox),
	];
	for (const account of accounts) {
		const { credential } = await linkAccount(
			{ sandbox: scene.sandbox, session: scene.member },
			account,
		);
		await list.check(
			`the HTTP Request node can't use ${account.name}`,
			async () => await checkHttpRequest(scene, credential),
		);
		await list.check(
			`a request for options can't use ${account.name}`,
			async () => await checkLoadOptions(scene, credential),
		);
	}
}

/** The node's two other forms, as a tool of an agent and as its human review, may use them. */
async function checkSupportedNodes(list: Checklist, { member }: Scene): Promise<void> {
	await list.check(
		'both credentials are for this node, its tool and its human review',
		async () => {
			const { page } = await member.visit(`${member.origin}/types/credentials.json`);
			const types = JSON.parse(page) as Array<{ name: string; supportedNodes?: string[] }>;
			const ours = types.filter(({ name }) => name.endsWith('OutlookOAuth2Api'));
			const own = ours.filter(({ name }) => /^(roboMq|customer)/.test(name));
			assert.equal(own.length, 2);
			for (const { name, supportedNodes = [] } of own) {
				for (const supported of supportedNodes)
					assert.match(supported, /sendOutlookMail(Tool|HitlTool)?$/, name);
				assert.ok(supportedNodes.some((supported) => supported.endsWith('sendOutlookMail')));
			}
			return own.map(({ supportedNodes }) => supportedNodes?.join(', ')).join('; ');
		},
	);
}

async function inviteMember({ session, n8n }: Stage): Promise<EditorSession> {
	const owner = {
		email: 'member@contoso.example',
		firstName: 'Alex',
		lastName: 'Wilber',
		password: session.owner.password,
	};
	const [invitation] = await session.post<Array<{ user: { inviteAcceptUrl: string } }>>(
		'/invitations',
		[{ email: owner.email, role: 'global:member' }],
	);
	const url = new URL(invitation?.user.inviteAcceptUrl ?? '');
	const member = new EditorSession(n8n.origin, owner);
	const { firstName, lastName, password } = owner;
	const token = url.searchParams.get('token');
	await member.post('/invitations/accept', { token, firstName, lastName, password });
	return member;
}

/** All credentials of n8n, decrypted, as only its own command line hands them out. */
async function storedCredentials(n8n: N8n): Promise<string> {
	const folder = await mkdtemp(join(n8n.userFolder, 'held-'));
	try {
		const output = join(folder, 'credentials.json');
		const { status, messages } = await run({
			command: process.execPath,
			arguments: [N8N_PROGRAM, 'export:credentials', '--all', '--decrypted', `--output=${output}`],
			folder: n8n.userFolder,
			environment: n8n.environment,
		});
		assert.equal(status, 0, messages);
		return await readFile(output, 'utf8');
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

void runCommand({
	name: 'The security check',
	usage: USAGE,
	readArguments: (given): Arguments => readOptions(given, USAGE, { tarball: { type: 'string' } }),
	run: security,
});
