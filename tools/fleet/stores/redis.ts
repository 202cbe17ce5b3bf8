import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort, LOOPBACK } from '../../kit/ports';
import type { Programs } from './programs';
import { startStore, type Store } from './store';

export interface Redis extends Store {
	port: number;
}

/** A Redis that keeps everything in memory: n8n's queue is worth nothing after the run. */
export async function startRedis(programs: Programs, folder: string): Promise<Redis> {
	const port = await freePort();
	const store = await startStore(
		{
			name: 'Redis',
			command: [
				programs.redisServer,
				...['--port', String(port), '--bind', LOOPBACK, '--dir', folder],
				...['--save', '', '--appendonly', 'no'],
			],
			folder,
			logPath: join(folder, 'redis.log'),
			endsOn: 'SIGTERM',
			isReady: async () => await answersPing(port),
		},
		programs.setpriv,
	);
	return { port, ...store };
}

async function answersPing(port: number): Promise<boolean> {
	const socket = connect(port, LOOPBACK);
	try {
		socket.write('PING\r\n');
		const [answer] = (await once(socket, 'data')) as [Buffer];
		return answer.toString().startsWith('+PONG');
	} catch {
		// Nobody listens yet.
		return false;
	} finally {
		socket.destroy();
	}
}
