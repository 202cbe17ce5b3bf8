import { randomBytes } from 'node:crypto';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { originOf } from '../n8n/environment';
import { freePort, LOOPBACK } from '../kit/ports';
import { buildPackage, installCommunityPackage, packPackage } from '../n8n/packagedNode';
import { startN8n, type N8n } from '../n8n/process';
import { step } from '../kit/progress';
import type { Postgres } from './stores/postgres';
import type { Redis } from './stores/redis';

const WORKERS = 3;

/** How many executions one worker runs at the same time; n8n advises against fewer than 5. */
const CONCURRENCY = 5;

/**
 * After how many milliseconds an execution counts as lost with its worker. n8n's own values are
 * 60, 10 and 30 seconds.
 */
const QUEUE_PATIENCE = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

export interface FleetOrder {
	/** Every process gets a folder of its own in it, as if it were a machine of its own. */
	folder: string;
	redis: Redis;
	postgres: Postgres;
	/** Where main listens. */
	port: number;
	settings: Readonly<Record<string, string>>;
}

/** n8n in queue mode: one main process, one that takes webhooks, and workers. */
export class Fleet {
	readonly workers: N8n[] = [];

	private started = 0;

	private constructor(
		private readonly order: FleetOrder,
		private readonly encryptionKey: string,
		public main: N8n,
		readonly webhook: N8n,
	) {}

	static async start(order: FleetOrder): Promise<Fleet> {
		await step('Building and packing the package', async () => {
			await buildPackage();
			const tarball = await packPackage(join(order.folder, 'packed'));
			await installCommunityPackage(join(order.folder, 'template'), tarball);
		});
		const key = randomBytes(24).toString('hex');
		// Main comes first and alone: it creates the tables.
		const main = await step(
			"Starting n8n's main process",
			async () => await startMember(order, key, { name: 'main', port: order.port }),
			'20 to 60 seconds',
		);
		return await step(
			`Starting its webhook process and ${WORKERS} workers`,
			async () => {
				const webhook = await startMember(order, key, { name: 'webhook', command: ['webhook'] });
				const fleet = new Fleet(order, key, main, webhook);
				for (let count = 0; count < WORKERS; count += 1) await fleet.addWorker();
				return fleet;
			},
			'1 to 2 minutes',
		);
	}

	async addWorker(): Promise<N8n> {
		this.started += 1;
		const worker = await startMember(this.order, this.encryptionKey, {
			name: `worker-${this.started}`,
			command: ['worker', `--concurrency=${CONCURRENCY}`],
		});
		this.workers.push(worker);
		return worker;
	}

	/** As when its machine fails. */
	async killWorker(worker: N8n): Promise<void> {
		this.workers.splice(this.workers.indexOf(worker), 1);
		await worker.kill();
	}

	/** As when its machine fails and comes back. */
	async restartMain(): Promise<void> {
		await this.main.kill();
		const { port } = this.order;
		this.main = await startMember(this.order, this.encryptionKey, { name: 'main', port });
	}

	async stop(): Promise<void> {
		await Promise.all(
			[this.webhook, this.main, ...this.workers].map(async (member) => await member.stop()),
		);
	}
}

interface Member {
	name: string;
	command?: readonly string[];
	port?: number;
}

async function startMember(order: FleetOrder, key: string, member: Member): Promise<N8n> {
	const userFolder = join(order.folder, member.name);
	await mkdir(userFolder, { recursive: true });
	await cp(join(order.folder, 'template'), userFolder, { recursive: true });
	const port = member.port ?? (await freePort());
	return await startN8n({
		userFolder,
		port,
		...(member.command ? { command: member.command } : {}),
		settings: {
			...order.settings,
			...storeSettings(order),
			...QUEUE_PATIENCE,
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: key,
			N8N_EDITOR_BASE_URL: originOf(order.port),
			// A worker listens only in order to say that it is ready.
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: LOOPBACK,
		},
	});
}

function storeSettings({ redis, postgres }: FleetOrder): Record<string, string> {
	return {
		QUEUE_BULL_REDIS_HOST: LOOPBACK,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: LOOPBACK,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_PASSWORD: postgres.password,
		DB_POSTGRESDB_DATABASE: postgres.database,
	};
}
