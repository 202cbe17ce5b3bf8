import { deliver } from '#node/delivery/deliver';
import { openLanes } from '#node/delivery/lanes';
import { DEFAULT_RETRY_POLICY } from '#node/delivery/retry';
import { SYSTEM_CLOCK } from '#node/facts/clock';
import { openConnectionPool } from '#node/graph/connectionPool';
import { openMailbox } from '#node/graph/mailbox';
import { createTransport } from '#node/graph/transport';

/** What `main.ts` asks of one process. */
export interface Order {
	loginOrigin: string;
	graphOrigin: string;
	token: string;
	/** Names this process in the subjects. */
	name: string;
	mails: number;
}

/** What it answers. */
export interface Receipt {
	accepted: number;
	mostAttempts: number;
	/** Milliseconds. */
	took: number;
}

/** Sends as the node does, with its own delivery and graph; n8n itself is left out. */
async function send({ loginOrigin, graphOrigin, token, name, mails }: Order): Promise<Receipt> {
	const clock = SYSTEM_CLOCK;
	const transport = createTransport(openConnectionPool({ clock, connections: 4 }), {
		graphOrigin,
		tokens: { current: async () => token, renewed: async () => token },
	});
	const mailbox = await openMailbox(graphOrigin, transport, clock);
	const clientId = 'the same for all processes';
	const lanes = openLanes({ loginOrigin, graphOrigin, clientId, credentialId: '1' }, clock);
	const startedAt = Date.now();
	const jobs = Array.from({ length: mails }, (_, number) => ({
		attempt: async (clientRequestId: string, signal?: AbortSignal) =>
			await mailbox.sendMail(
				{
					message: {
						subject: `${name} ${number}`,
						body: { contentType: 'text', content: 'Welcome' },
						toRecipients: [{ emailAddress: { address: 'jane@contoso.example' } }],
					},
					saveToSentItems: false,
				},
				clientRequestId,
				signal,
			),
	}));
	const deliveries = await deliver(jobs, {
		simultaneous: 4,
		clock,
		lanes,
		retry: DEFAULT_RETRY_POLICY,
		continueOnFail: true,
	});
	const took = Date.now() - startedAt;
	lanes.close();
	mailbox.close();
	return {
		accepted: deliveries.filter(({ verdict }) => verdict === 'accepted').length,
		mostAttempts: Math.max(...deliveries.map(({ attempts }) => attempts)),
		took,
	};
}

process.on('message', (order: Order) => {
	void send(order).then((receipt) => process.send?.(receipt, () => process.disconnect()));
});
process.send?.('ready');
