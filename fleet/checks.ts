import assert from 'node:assert/strict';
import type { Checklist } from '../demo/checks/checklist';
import type { Sandbox } from '../sandbox';
import type { Mailing } from './mailing/mailing';

export async function checkMailing(list: Checklist, mailing: Mailing, sandbox: Sandbox): Promise<void> {
	await list.check('no mail is lost', () => {
		const there = new Set(sandbox.outbox.map(({ message }) => message.subject));
		assert.deepEqual(mailing.letters.filter(({ subject }) => !there.has(subject)), []);
	});
}
