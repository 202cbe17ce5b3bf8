import { WritersTurn, type LockRow, type LockRows } from '#node/delivery/once/writersTurn';
import { settled, TestClock } from '../testClock';

/** A database whose answers take time, by the rules of n8n's store. */
class Database {
	private readonly tickets = new Map<string, number>();
	marks: readonly string[] = [];
	questions = 0;
	/** Whoever is listed gets no further answer. */
	readonly dead = new Set<string>();

	constructor(
		private readonly clock: TestClock,
		private readonly answerMs = 1,
	) {}

	rowsFor(process: string): LockRows {
		const row = (name: string): LockRow => ({
			create: async (ticket) => {
				await this.answer(process);
				if (this.tickets.has(name)) return false;
				this.tickets.set(name, ticket);
				return true;
			},
			readTicket: async () => {
				await this.answer(process);
				return this.tickets.get(name) ?? 0;
			},
			remove: async () => {
				await this.answer(process);
				this.tickets.delete(name);
			},
		});
		return { writer: row('writer'), takeOver: (number) => row(`takeOver ${number}`) };
	}

	get rows(): string[] {
		return [...this.tickets.keys()];
	}

	/** Reads the marks, adds one, and writes them back, with a while in between. */
	async addMark(process: string, mark: string): Promise<void> {
		await this.answer(process);
		const read = this.marks;
		await this.answer(process);
		this.marks = [...read, mark];
	}

	private async answer(process: string): Promise<void> {
		this.questions += 1;
		await new Promise<void>((resolve) => void this.clock.after(this.answerMs, resolve));
		if (this.dead.has(process)) await new Promise(() => {});
	}
}

/** A clock whose dice fall differently each time, the same in each run. */
class DicingClock extends TestClock {
	private dice = 1;
	override random = () => (this.dice = (this.dice * 16807) % 2147483647) / 2147483647;
}

let clock: DicingClock;
let database: Database;
beforeEach(() => {
	clock = new DicingClock();
	database = new Database(clock);
});

function open(process: string, itsClock = clock) {
	const turn = new WritersTurn(database.rowsFor(process), itsClock);
	return {
		turn,
		write: async (mark: string) =>
			await turn.during(async () => await database.addMark(process, mark)),
	};
}

/** Lets time pass until it is done, or too much has passed. */
async function pass<T>(work: Promise<T>, atMostMs: number): Promise<T> {
	let ended = false;
	const end = work.finally(() => (ended = true));
	for (let ms = 0; ms < atMostMs && !ended; ms += 1) {
		await settled();
		await clock.move(1);
	}
	await settled();
	if (!ended) throw new Error(`not done after ${atMostMs} ms`);
	return await end;
}

test('ten processes that write at once lose no mark', async () => {
	const writers = Array.from({ length: 10 }, async (_, process) => {
		const { write } = open(`process ${process}`);
		for (let mark = 0; mark < 10; mark += 1) await write(`${process}.${mark}`);
	});
	await pass(Promise.all(writers), 20_000);
	expect(new Set(database.marks).size).toBe(100);
});

test('without turns they would', async () => {
	const writers = Array.from({ length: 10 }, async (_, process) => {
		for (let mark = 0; mark < 10; mark += 1)
			await database.addMark(`process ${process}`, `${process}.${mark}`);
	});
	await pass(Promise.all(writers), 20_000);
	expect(new Set(database.marks).size).toBeLessThan(100);
});

test('nobody is kept waiting by one who has much to write', async () => {
	const busy = open('busy');
	let writing = true;
	const much = (async () => {
		for (let mark = 0; writing; mark += 1) await busy.write(`busy ${mark}`);
	})();
	const other = open('other');
	await pass(other.write('first'), 1_100);
	// Now both know of each other.
	for (let mark = 0; mark < 10; mark += 1) await pass(other.write(`other ${mark}`), 150);
	writing = false;
	await pass(much, 100);
});

test('who is alone keeps the turn, and gives it back when nothing more comes', async () => {
	const { write } = open('alone');
	for (let mark = 0; mark < 5; mark += 1) await pass(write(`warm-up ${mark}`), 100);
	database.questions = 0;
	await pass(write('one more'), 100);
	// Reading and writing the marks, and nothing else.
	expect(database.questions).toBe(2);
	await clock.move(1_000);
	expect(database.rows).toEqual([]);
});

test('the row of a process that died is removed after five seconds, and all go on', async () => {
	const dying = open('dying');
	void dying.turn.during(async () => {
		database.dead.add('dying');
		await database.addMark('dying', 'never');
	});
	await settled();
	await clock.move(50);
	expect(database.rows).toEqual(['writer']);
	const others = ['a', 'b', 'c'].map((process) => open(process));
	const writes = Promise.all(others.map(async ({ write }, index) => await write(`${index}`)));
	await expect(pass(writes, 4_900)).rejects.toThrow('not done');
	await pass(writes, 600);
	expect([...database.marks].sort()).toEqual(['0', '1', '2']);
	await Promise.all(others.map(async ({ turn }) => await pass(turn.leave(), 100)));
	expect(database.rows).toEqual([]);
});

test('a process that dies while it removes a dead one is in the way for a minute at most', async () => {
	const { writer, takeOver } = database.rowsFor('dead');
	await pass(writer.create(3), 10);
	await pass(takeOver(Math.floor(clock.now() / 60_000)).create(1), 10);
	const { write } = open('other');
	await pass(write('in the end'), 66_000);
	expect(database.marks).toEqual(['in the end']);
});

test('who stood still for long asks whether the turn is still theirs', async () => {
	const itsClock = new DicingClock();
	const slow = open('slow', itsClock);
	await pass(slow.write('first'), 100);
	expect(database.rows).toEqual(['writer']);
	await pass(open('other').write('taken over'), 6_000);
	await clock.move(1_000);
	itsClock.stoodStillMs = 7_000;
	await pass(slow.write('after'), 100);
	expect(database.marks).toEqual(['first', 'taken over', 'after']);

	itsClock.stoodStillMs = 14_000;
	await pass(slow.write('still theirs'), 100);
	expect(database.marks).toContain('still theirs');
});

test('what the work throws is thrown, and the turn is free for the next', async () => {
	const { turn, write } = open('one');
	await expect(
		pass(
			turn.during(async () => await Promise.reject(new Error('locked'))),
			100,
		),
	).rejects.toThrow('locked');
	await clock.move(1_000);
	await pass(open('other').write('fine'), 100);
	await pass(write('fine too'), 100);
	expect(database.marks).toEqual(['fine', 'fine too']);
});
