import type { MarkStore } from '#node/delivery/once/markStore';
import {
	SendOnceRegister,
	type Claim,
	type ClaimOptions,
	type KeyTurn,
} from '#node/delivery/once/sendOnceRegister';
import type { KeyEnd } from '#node/delivery/once/keysUnderWay';

/** A store that takes a turn of the event loop for each call, and refuses two calls at once. */
class MemoryStore implements MarkStore {
	readonly marks: string[] = [];
	readonly calls: string[] = [];
	private busy = false;

	async record(marks: readonly string[], bound?: number) {
		return await this.alone(`record ${marks.join(' ')}`, () => {
			const there = new Set(marks.filter((mark) => this.marks.includes(mark)));
			this.marks.push(...marks.filter((mark) => !there.has(mark)));
			if (bound) this.marks.splice(0, this.marks.length - bound);
			return there;
		});
	}

	async remove(marks: readonly string[]) {
		await this.alone(`remove ${marks.join(' ')}`, () => {
			const kept = this.marks.filter((mark) => !marks.includes(mark));
			this.marks.splice(0, this.marks.length, ...kept);
		});
	}

	private async alone<T>(call: string, work: () => T): Promise<T> {
		if (this.busy) throw new Error('two calls at once');
		this.busy = true;
		this.calls.push(call);
		await new Promise(setImmediate);
		const result = work();
		this.busy = false;
		return result;
	}
}

/** Claims a key as soon as it is its turn, and remembers the turn until it is settled. */
class Register {
	private readonly register: SendOnceRegister;
	private readonly turns = new Map<string, KeyTurn>();

	constructor(store: MarkStore, scopeName: string, maxKeys?: number) {
		this.register = new SendOnceRegister(store, {
			scopeName,
			...(maxKeys === undefined ? {} : { maxKeys }),
		});
	}

	async claim(key: string, options: ClaimOptions): Promise<Claim> {
		const turn = await this.register.queueFor(key, options);
		if ('kind' in turn) return turn;
		const claim = await turn.claim();
		if (claim.kind === 'send') this.turns.set(key, turn);
		else turn.settle('unknown');
		return claim;
	}

	settle(key: string, end: KeyEnd): void {
		this.turns.get(key)!.settle(end);
	}

	async close() {
		return await this.register.close();
	}
}

let scope = 0;
function open(store = new MemoryStore(), maxKeys?: number) {
	return { store, register: new Register(store, `scope ${++scope}`, maxKeys) };
}
const fail = { onUnknownOutcome: 'fail', forget: false } as const;
const retry = { onUnknownOutcome: 'retry', forget: false } as const;

test('started before the request, done after the 202, then already sent', async () => {
	const { store, register } = open();
	expect(await register.claim('a', fail)).toEqual({ kind: 'send', startedBefore: false });
	expect(store.marks).toEqual(['started:a']);
	register.settle('a', 'done');
	expect(await register.claim('a', fail)).toEqual({ kind: 'alreadySent' });
	await register.close();
	expect(store.marks).toEqual(['started:a', 'done:a']);
});

test('started and never done is unknown, and stays so', async () => {
	const { store, register } = open();
	store.marks.push('started:a');
	expect(await register.claim('a', fail)).toEqual({ kind: 'startedBefore' });
	expect(await register.claim('a', fail)).toEqual({ kind: 'startedBefore' });
	expect(store.marks).toEqual(['started:a']);
	expect(await register.claim('a', retry)).toEqual({ kind: 'send', startedBefore: true });
});

test('at no moment of a question does the store say that a started key is done', async () => {
	const { store, register } = open();
	store.marks.push('started:a');
	const believed: boolean[] = [];
	const record = store.record.bind(store);
	store.record = async (marks, bound) => {
		const there = await record(marks, bound);
		believed.push(store.marks.includes('done:a') && !store.marks.includes('checking done:a'));
		return there;
	};
	await register.claim('a', fail);
	expect(believed).toEqual([false, false]);
});

test('a done mark that was left behind by a question is not believed', async () => {
	const { store, register } = open();
	store.marks.push('started:a', 'done:a', 'checking done:a');
	expect(await register.claim('a', fail)).toEqual({ kind: 'startedBefore' });
	expect(store.marks).toEqual(['started:a']);
});

test('what was not taken is released', async () => {
	const { store, register } = open();
	await register.claim('a', fail);
	register.settle('a', 'released');
	expect(await register.claim('a', fail)).toEqual({ kind: 'send', startedBefore: false });
	expect(store.calls).toContain('remove started:a');
});

test.each([
	['done', 'alreadySent'],
	['unknown', 'startedBefore'],
	['released', 'send'],
] as const)('who comes second waits: the first is %s, the second %s', async (end, kind) => {
	const { register } = open();
	await register.claim('a', fail);
	const second = register.claim('a', fail);
	register.settle('a', end);
	expect((await second).kind).toBe(kind);
});

test('two executions of one process share the keys that are under way', async () => {
	const store = new MemoryStore();
	const one = new Register(store, 'shared');
	const other = new Register(store, 'shared');
	await one.claim('a', fail);
	const second = other.claim('a', fail);
	one.settle('a', 'done');
	expect((await second).kind).toBe('alreadySent');
	await Promise.all([one.close(), other.close()]);
});

test('a stopped execution waits for nobody', async () => {
	const { register } = open();
	const stop = new AbortController();
	await register.claim('a', fail);
	const second = register.claim('a', { ...fail, signal: stop.signal });
	stop.abort();
	expect((await second).kind).toBe('stopped');
});

test('marks that wait go together, one call at a time', async () => {
	const { store, register } = open();
	await Promise.all(['a', 'b', 'c', 'd'].map(async (key) => await register.claim(key, fail)));
	expect(store.calls).toEqual(['record started:a started:b started:c started:d']);
	for (const key of ['a', 'b', 'c', 'd']) register.settle(key, 'done');
	await register.claim('e', fail);
	expect(store.calls[1]).toBe('record done:a done:b done:c done:d started:e');
});

test.each([
	['soon', 0, ['record done:a done:b done:c done:d']],
	['late', 200, ['record done:a', 'record done:b', 'record done:c', 'record done:d']],
])('where calls are slow, marks wait for those that come %s', async (_name, sendMs, calls) => {
	const { store, register } = open();
	let nowMs = 1_000;
	jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
	const record = store.record.bind(store);
	store.record = async (marks, bound) => {
		nowMs += 100_000;
		return await record(marks, bound);
	};
	const send = async (key: string) => {
		expect((await register.claim(key, fail)).kind).toBe('send');
	};
	try {
		await send('first');
		nowMs += sendMs * 1000;
		register.settle('first', 'done');
		const keys = ['a', 'b', 'c', 'd'];
		await Promise.all(keys.map(send));
		store.calls.length = 0;
		for (const key of keys) {
			nowMs += sendMs * 1000;
			register.settle(key, 'done');
			for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
		}
		await register.close();
		expect(store.calls).toEqual(calls);
	} finally {
		jest.restoreAllMocks();
	}
});

test('one key claimed by many at once is sent by one', async () => {
	const { register } = open();
	const claims = Array.from({ length: 20 }, async () => {
		const { kind } = await register.claim('a', fail);
		if (kind === 'send') register.settle('a', 'done');
		return kind;
	});
	expect((await Promise.all(claims)).filter((kind) => kind === 'send')).toHaveLength(1);
});

test('a bound on keys forgets the oldest', async () => {
	const { store, register } = open(new MemoryStore(), 2);
	for (const key of ['a', 'b', 'c']) {
		await register.claim(key, fail);
		register.settle(key, 'done');
	}
	await register.close();
	expect(store.marks).toEqual(['started:b', 'done:b', 'started:c', 'done:c']);
});

test('a mark that cannot be written is reported at the end, not thrown in between', async () => {
	const { store, register } = open();
	await register.claim('a', fail);
	store.record = async () => await Promise.reject(new Error('locked'));
	register.settle('a', 'done');
	expect(await register.claim('b', fail)).toMatchObject({ kind: 'notKept' });
	expect(await register.close()).toEqual([new Error('locked')]);
});

test('what others sent while the job waited is not forgotten, whatever forget says', async () => {
	const store = new MemoryStore();
	const register = new SendOnceRegister(store, { scopeName: `scope ${++scope}` });
	const turn = await register.queueFor('a', { ...fail, forget: true });
	if ('kind' in turn) throw new Error('The key is free');
	expect(await turn.claim()).toEqual({ kind: 'send', startedBefore: false });
	turn.giveBack();
	while (store.marks.length > 0) await new Promise(setImmediate);
	store.marks.push('started:a', 'done:a');
	expect(await turn.claim()).toEqual({ kind: 'alreadySent' });
	turn.settle('released');
	await register.close();
});
