import { codeOf, linkTo } from '#node/ask/links';
import { LONGEST_COMMENT } from '#node/ask/page';
import type { Question } from '#node/ask/question';
import { PAGE_HEADERS, respond, type PageResponse } from '#node/ask/respond';
import { SYSTEM_CLOCK, type Clock } from '#node/facts/clock';
import { question, sign } from './question';
import { MemoryRows } from './rows';

/** Somebody's browser, at one question. */
class Visit {
	readonly rows = new MemoryRows();
	/** What happens a minute after an answer. */
	readonly due: Array<() => void> = [];
	time = Date.parse('2026-11-25T10:00:00Z');
	readonly clock: Clock = {
		...SYSTEM_CLOCK,
		now: () => this.time,
		wait: async (delayMs, signal) =>
			delayMs < 1_000 ? await SYSTEM_CLOCK.wait(0, signal) : 'stopped',
		after: (_delayMs, call) => {
			this.due.push(call);
			return () => undefined;
		},
	};

	constructor(readonly question: Question) {}

	async get(person = 1, choice?: number, headers = {}): Promise<PageResponse> {
		return await this.request('GET', person, choice, undefined, headers);
	}

	async post(person: number, body: unknown, headers = {}): Promise<PageResponse> {
		return await this.request('POST', person, undefined, body, headers);
	}

	async request(
		method: string,
		person: number,
		choice: number | undefined,
		body: unknown,
		headers: Record<string, unknown>,
	): Promise<PageResponse> {
		const url = new URL(linkTo(sign, this.question, person, choice));
		return await respond(
			{ method, query: Object.fromEntries(url.searchParams), body, headers },
			{ question: this.question, rows: this.rows, sign, clock: this.clock },
		);
	}
}

describe('a question page', () => {
	it('shows the question with the choice of the button preselected, and decides nothing', async () => {
		const visit = new Visit(question());
		const { status, html, answer } = await visit.get(1, 2);
		expect(status).toBe(200);
		expect(answer).toBeUndefined();
		expect(html).toContain('<h1>Access for Sam</h1>');
		expect(html).toMatch(/value="2" required checked/);
		expect(html).not.toMatch(/value="1" required checked/);
		expect(html).not.toContain('<script');
		expect(visit.rows.rows.size).toBe(0);
	});

	it('asks nothing of the method HEAD or of any other than POST', async () => {
		const visit = new Visit(question());
		for (const method of ['HEAD', 'PUT', 'OPTIONS']) {
			expect(await visit.request(method, 1, 1, { choice: '1' }, {})).not.toHaveProperty('answer');
		}
	});

	it('takes the first answer', async () => {
		const visit = new Visit(question());
		const { status, html, answer } = await visit.post(1, { choice: '1', comment: ' Fine.\r\n' });
		expect({ status, answer }).toEqual({
			status: 200,
			answer: { person: 1, choice: 1, comment: 'Fine.' },
		});
		expect(html).toContain('You answered: Approve');
	});

	it.each([
		[{}, 'Choose one of the answers.'],
		[{ choice: '3' }, 'Choose one of the answers.'],
		[{ choice: ['1'] }, 'Choose one of the answers.'],
		[{ choice: '2', comment: ' \u202e\n' }, 'Write a comment.'],
		[{ choice: '1', comment: 'x'.repeat(LONGEST_COMMENT + 1) }, 'Use at most 5,000 characters.'],
		['choice=1', 'Choose one of the answers.'],
		[null, 'Choose one of the answers.'],
	])('shows the form again for %p', async (body, problem) => {
		const { status, html, answer } = await new Visit(question()).post(1, body);
		expect({ status, answer }).toEqual({ status: 422, answer: undefined });
		expect(html).toContain(problem);
	});

	it('keeps what was written when the form comes again', async () => {
		const visit = new Visit(question({ requireComment: 'always', confirmation: 'code' }));
		const { html } = await visit.post(1, { choice: '2', comment: 'Not <now>' });
		expect(html).toContain('Not &lt;now&gt;</textarea>');
		expect(html).toMatch(/value="2" required checked/);
	});

	it('takes own words where there are no choices', async () => {
		const visit = new Visit(question({ choices: [] }));
		expect((await visit.get()).html).not.toContain('type="radio"');
		expect((await visit.post(1, { comment: '' })).status).toBe(422);
		expect((await visit.post(2, { comment: 'On Monday' })).answer).toEqual({
			person: 2,
			comment: 'On Monday',
		});
		expect((await visit.post(1, { comment: 'Never' })).html).toContain(
			'bob@contoso.example answered.',
		);
	});

	it('lets one of a hundred answers through, and tells the others whose it was', async () => {
		const people = Array.from({ length: 100 }, (_, at) => ({
			address: `p${at + 1}@contoso.example`,
		}));
		const visit = new Visit(question({ people }));
		const answers = await Promise.all(
			people.map(async (_, at) => await visit.post(at + 1, { choice: '1' })),
		);
		const winners = answers.flatMap(({ answer }) => answer ?? []);
		expect(winners).toHaveLength(1);
		const losers = answers.filter(({ answer }) => !answer);
		expect(new Set(losers.map(({ status }) => status))).toEqual(new Set([409]));
		for (const { html } of losers) {
			expect(html).toContain(`p${winners[0]!.person}@contoso.example answered: Approve`);
		}
	});

	it.each(Array.from({ length: 16 }, (_, turns) => turns))(
		'lets one of two answers through when a time slot ends %i turns after the first',
		async (turns) => {
			const visit = new Visit(question());
			visit.rows.insertTurns = 20;
			const boundary = Math.ceil(visit.time / 10_000 + 1) * 10_000;
			visit.time = boundary - 1;
			const first = visit.post(1, { choice: '1' });
			for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
			visit.time = boundary;
			const answers = await Promise.all([first, visit.post(2, { choice: '1' })]);
			expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
		},
	);

	it('leaves no row behind a minute after the answer', async () => {
		const visit = new Visit(question({ confirmation: 'code' }));
		const code = codeOf(sign, visit.question, 1);
		const answers = await Promise.all([
			visit.post(1, { choice: '1', code }),
			visit.post(2, { choice: '1', code: codeOf(sign, visit.question, 2) }),
		]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
		expect(visit.rows.rows.size).toBeGreaterThan(2);
		for (const call of visit.due) call();
		// The test ends in time only if all are removed.
		while (visit.rows.rows.size > 0) await new Promise(setImmediate);
	});

	it('tells a person who answers twice what is recorded', async () => {
		const visit = new Visit(question());
		await visit.post(1, { choice: '1' });
		expect((await visit.post(1, { choice: '1' })).html).toContain('You answered: Approve');
		expect((await visit.get(2)).html).toContain('Ann answered: Approve');
	});

	it('takes an answer again when the process that claimed died, after 30 seconds', async () => {
		const visit = new Visit(question());
		await visit.post(1, { choice: '1' });
		visit.time += 29_999;
		expect((await visit.post(2, { choice: '1' })).status).toBe(409);
		visit.time += 10_001;
		const again = [await visit.post(2, { choice: '1' }), await visit.post(1, { choice: '1' })];
		expect(again.map(({ answer }) => answer?.person)).toEqual([2, undefined]);
		expect(again[1]!.html).toContain('bob@contoso.example answered: Approve');
	});

	it('decides nothing through the link of another question, or of nobody', async () => {
		const visit = new Visit(question());
		const url = new URL(linkTo(sign, { id: 'question-0' }, 1));
		const query = Object.fromEntries(url.searchParams);
		const state = { question: visit.question, rows: visit.rows, sign, clock: visit.clock };
		const post = { method: 'POST', body: { choice: '1' }, headers: {} };
		expect((await respond({ ...post, query }, state)).status).toBe(410);
		expect((await respond({ ...post, query: {} }, state)).status).toBe(410);
		expect((await respond({ ...post, query }, { ...state, question: undefined })).status).toBe(410);
		expect((await visit.post(3, { choice: '1' })).status).toBe(410);
	});

	it.each([
		{ 'sec-fetch-site': 'cross-site' },
		{ 'sec-fetch-site': 'same-site', origin: 'https://n8n.contoso.example' },
		{ origin: 'https://evil.example', host: 'n8n.contoso.example' },
		{ origin: 'null' },
	])('refuses a form posted with %p', async (headers) => {
		const { status, answer } = await new Visit(question()).post(1, { choice: '1' }, headers);
		expect({ status, answer }).toEqual({ status: 403, answer: undefined });
	});

	it.each([
		{ 'sec-fetch-site': 'same-origin', origin: 'https://inside.example' },
		{ origin: 'https://n8n.contoso.example', host: 'n8n:5678' },
		{ origin: 'http://n8n:5678', host: 'n8n:5678' },
		{},
	])('takes a form posted with %p', async (headers) => {
		expect((await new Visit(question()).post(1, { choice: '1' }, headers)).status).toBe(200);
	});

	it.each([
		['de-AT,de;q=0.9,en;q=0.8', 'Wählen Sie Ihre Antwort'],
		['fr, en;q=0.4, de;q=0.7', 'Wählen Sie Ihre Antwort'],
		['fr', 'Choose your answer'],
		[undefined, 'Choose your answer'],
		['de;q=0', 'Choose your answer'],
	])('speaks the language of the browser: %s', async (language, words) => {
		const headers = { 'accept-language': language };
		expect((await new Visit(question()).get(1, 1, headers)).html).toContain(words);
	});

	it('removes what turns text around or controls terminals', async () => {
		const comment =
			'a\u0000b\u001b[31m \u202egnp.exe\u2066 =HYPERLINK("x") <script>alert(1)</script>';
		const { answer, html } = await new Visit(question()).post(1, { choice: '1', comment });
		expect(answer?.comment).toBe('ab[31m gnp.exe =HYPERLINK("x") <script>alert(1)</script>');
		expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
	});

	it('is not kept, framed, indexed or scripted', () => {
		expect(PAGE_HEADERS).toMatchObject({
			'Cache-Control': 'no-store',
			'Referrer-Policy': 'same-origin',
			'X-Frame-Options': 'DENY',
			'Content-Security-Policy': expect.stringMatching(
				/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
			),
		});
	});
});

describe('the code', () => {
	const coded = () => new Visit(question({ confirmation: 'code' }));

	it('differs for each person and question, and is not in the link', () => {
		const codes = [1, 2, 3].map((person) => codeOf(sign, question(), person));
		expect(new Set([...codes, codeOf(sign, question({ id: 'other' }), 1)]).size).toBe(4);
		for (const code of codes) expect(code).toMatch(/^\d{6}$/);
		expect(linkTo(sign, question(), 1)).not.toContain(codes[0]);
	});

	it('is needed to answer', async () => {
		const visit = coded();
		const code = codeOf(sign, visit.question, 1);
		expect((await visit.get()).html).toContain('name="code"');
		expect((await visit.post(1, { choice: '1' })).status).toBe(422);
		const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
		expect((await visit.post(1, { choice: '1', code: spaced })).answer).toBeDefined();
	});

	it("does not take another person's", async () => {
		const visit = coded();
		const code = codeOf(sign, visit.question, 2);
		expect((await visit.post(1, { choice: '1', code })).html).toContain('4 tries are left.');
	});

	it('locks the link after five wrong ones, also when they come at once, and no other', async () => {
		const visit = coded();
		const code = codeOf(sign, visit.question, 1);
		const wrong = code === '000000' ? '111111' : '000000';
		const answers = await Promise.all(
			Array.from({ length: 20 }, async () => await visit.post(1, { choice: '1', code: wrong })),
		);
		expect(answers.filter(({ status }) => status === 422)).toHaveLength(4);
		expect(answers.filter(({ status }) => status === 403)).toHaveLength(16);
		const right = await visit.post(1, { choice: '1', code });
		expect({ status: right.status, answer: right.answer }).toEqual({
			status: 403,
			answer: undefined,
		});
		expect((await visit.get(1)).html).toContain('This link is locked');
		const other = codeOf(sign, visit.question, 2);
		expect((await visit.post(2, { choice: '1', code: other })).answer).toBeDefined();
	});
});
