import { fork } from 'node:child_process';

/**
 * Hands a job to a process of its own and waits for its one answer.
 *
 * @param script answers with `answerOneJob`
 */
export async function inChild<Job extends object, Answer>(
	script: string,
	job: Job,
): Promise<Answer> {
	const child = fork(script, {
		execArgv: [...process.execArgv, '--expose-gc'],
		serialization: 'advanced',
	});
	return await new Promise((resolve, reject) => {
		child.once('message', (answer) => resolve(answer as Answer));
		child.once('error', reject);
		child.once('exit', (code) => reject(new Error(`The child ended with status ${code}`)));
		child.send(job);
	});
}

/** The other side of `inChild`. */
export function answerOneJob<Job, Answer extends object>(
	work: (job: Job) => Promise<Answer>,
): void {
	process.once('message', (job) => {
		void work(job as Job).then((answer) => process.send?.(answer, () => process.disconnect()));
	});
}
