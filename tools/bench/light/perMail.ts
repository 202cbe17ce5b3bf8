import { Agent, request } from 'node:http';
import { deliver } from '#node/delivery/deliver';
import { openLanes } from '#node/delivery/lanes';
import { DEFAULT_RETRY_POLICY } from '#node/delivery/retry';
import { SYSTEM_CLOCK } from '#node/facts/clock';
import { openConnectionPool } from '#node/graph/connectionPool';
import { openMailbox } from '#node/graph/mailbox';
import { createTransport } from '#node/graph/transport';
import { startSandboxProcess, type SandboxProcess } from '../sandboxProcess';
import { signInForToken } from '../token';
import { cpuPerMail } from './cpuPerMail';

export interface CostPerMail {
	/** CPU milliseconds of this process for one mail. */
	node: number;
	/** The same for the bare request over a kept connection. */
	bare: number;
}

const MAILS = 2000;
const LANES = 4;

const message = {
	subject: 'Welcome',
	body: { contentType: 'text' as const, content: 'Good morning, and welcome to the team.' },
	toRecipients: [{ emailAddress: { address: 'jane@contoso.example' } }],
};

/** What delivery and graph cost in CPU time, above a request that nobody looks after. */
export async function measurePerMail(): Promise<CostPerMail> {
	const sandbox = await startSandboxProcess();
	try {
		const token = await signInForToken(sandbox);
		await sendThroughNode(sandbox, token, 200);
		await sendBare(sandbox, token, 200);
		return {
			node: await cpuPerMail(MAILS, async (mails) => await sendThroughNode(sandbox, token, mails)),
			bare: await cpuPerMail(MAILS, async (mails) => await sendBare(sandbox, token, mails)),
		};
	} finally {
		await sandbox.stop();
	}
}

async function sendThroughNode(
	{ loginOrigin, graphOrigin }: SandboxProcess,
	token: string,
	mails: number,
): Promise<void> {
	const clock = SYSTEM_CLOCK;
	const transport = createTransport(openConnectionPool({ clock, connections: LANES }), {
		graphOrigin,
		tokens: { current: async () => token, renewed: async () => token },
	});
	const mailbox = await openMailbox(graphOrigin, transport, clock);
	const jobs = Array.from({ length: mails }, () => ({
		attempt: async (clientRequestId: string, signal?: AbortSignal) =>
			await mailbox.sendMail({ message, saveToSentItems: true }, clientRequestId, signal),
	}));
	const lanes = openLanes(
		{ loginOrigin, graphOrigin, clientId: 'bench', credentialId: '1' },
		clock,
	);
	const retry = DEFAULT_RETRY_POLICY;
	await deliver(jobs, { simultaneous: LANES, lanes, retry, clock, continueOnFail: false });
	lanes.close();
	mailbox.close();
}

async function sendBare(
	{ graphOrigin }: SandboxProcess,
	token: string,
	mails: number,
): Promise<void> {
	const agent = new Agent({ keepAlive: true, maxSockets: LANES });
	let left = mails;
	const lane = async () => {
		while (left-- > 0) await post(`${graphOrigin}/v1.0/me/sendMail`, token, agent);
	};
	await Promise.all(Array.from({ length: LANES }, lane));
	agent.destroy();
}

async function post(url: string, token: string, agent: Agent): Promise<void> {
	const body = JSON.stringify({ message, saveToSentItems: true });
	const headers = {
		authorization: `Bearer ${token}`,
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(body),
	};
	await new Promise<void>((resolve, reject) => {
		const sent = request(url, { method: 'POST', agent, headers }, (response) => {
			response.resume().once('end', resolve);
		});
		sent.once('error', reject);
		sent.end(body);
	});
}
